/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Changing a result, or an argument after the call, changes nothing for the next caller. */
public final class Main {

  record Money(long cents, String currency) {}

  static final class Basket {
    List<Money> lines = new ArrayList<>();
    int[] counts = {1, 2};
    Basket self = this;
  }

  static final class Locked {
    final ReentrantLock lock = new ReentrantLock();
  }

  /** What would be asked for element after element without an end. */
  static final class Numbers extends AbstractList<Integer> {
    @Override
    public Integer get(int index) {
      return index;
    }

    @Override
    public int size() {
      return Integer.MAX_VALUE;
    }
  }

  static int numbersRuns;
  static int basketRuns;
  static int mapRuns;

  @Cache
  static Basket basket(long id) {
    basketRuns++;
    Basket basket = new Basket();
    basket.lines.add(new Money(id, "EUR"));
    return basket;
  }

  @Cache
  static Money money(long id) {
    return new Money(id, "EUR");
  }

  @Cache
  static Map<String, List<Integer>> map(List<Integer> numbers) {
    mapRuns++;
    Map<String, List<Integer>> map = new HashMap<>();
    map.put("numbers", new ArrayList<>(numbers));
    return map;
  }

  @Cache
  static List<Integer> numbers(long id) {
    numbersRuns++;
    return new Numbers();
  }

  @Cache
  static Locked locked(long id) {
    return new Locked();
  }

  public static void main(String[] args) {
    Basket first = basket(1);
    first.lines.clear();
    first.counts[0] = 99;
    Basket second = basket(1);
    second.lines.add(null);
    Basket third = basket(1);
    System.out.println(
        "basket="
            + third.lines
            + " "
            + third.counts[0]
            + " "
            + (third.self == third)
            + " "
            + (second != third));
    System.out.println("shared=" + (money(1) == money(1)));
    List<Integer> numbers = new ArrayList<>(List.of(1, 2));
    map(numbers).get("numbers").add(7);
    System.out.println("map=" + map(numbers));
    System.out.println("runs=" + basketRuns + " " + mapRuns);
    numbers.add(3);
    System.out.println("argument=" + map(numbers) + map(List.of(1, 2)));
    System.out.println(
        "numbers=" + numbers(1).size() + " " + numbers(1).get(7) + " " + numbersRuns);
    System.out.println("locked=" + (locked(1) != locked(1)));
  }
}
