/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code codec = java} keeps, and what it refuses. */
public class Serials {

  public record Money(BigDecimal amount, String currency) implements Serializable {}

  public static class Box<T> implements Serializable {
    private final T content;
    private Box<T> next;

    Box(T content) {
      this.content = content;
    }
  }

  public enum Status {
    NEW,
    PAID
  }

  /** Not among those that may be read. */
  public static class Other implements Serializable {
    private int number = 1;
  }

  public static class Plain {
    private int number = 1;
  }

  public static Map<Status, List<Money>> collections() {
    return new TreeMap<>(Map.of(Status.PAID, List.of(new Money(new BigDecimal("1.10"), "EUR"))));
  }

  /** An open type, in a circle. */
  public static Object circle() {
    Box<Object> box = new Box<>(new ArrayList<>(List.of(LocalDate.EPOCH, new int[] {1, 2})));
    box.next = new Box<>(Status.NEW);
    box.next.next = box;
    return box;
  }

  public static Set<Money> set() {
    return new HashSet<>(Set.of(new Money(BigDecimal.ONE, "EUR")));
  }

  public static Other refusedNotAllowed() {
    return new Other();
  }

  public static Plain refusedNotSerializable() {
    return new Plain();
  }

  public static List<Object> refusedTooDeep() {
    List<Object> innermost = new ArrayList<>();
    List<Object> list = innermost;
    for (int i = 0; i < 250; i++) {
      list = new ArrayList<>(List.of(list));
    }
    return list;
  }
}
