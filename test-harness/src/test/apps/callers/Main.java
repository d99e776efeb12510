/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/** Methods of whose values only their callers know the class. */
public final class Main {

  record Product(String name) {}

  record Order(String name) {}

  @Cache("longer")
  static <T extends CharSequence> T longer(T one, T other) {
    return one.length() < other.length() ? other : one;
  }

  @SafeVarargs
  @Cache("first")
  static <T> Optional<T> first(List<T> preferred, T... others) {
    return preferred.isEmpty() ? Optional.of(others[0]) : Optional.of(preferred.get(0));
  }

  @Cache(value = "read", key = "{name}")
  static <T> T read(String name, Class<T> type) throws ReflectiveOperationException {
    return type.getDeclaredConstructor(String.class).newInstance(name);
  }

  @Cache(value = "again", key = "{name}")
  static <T> T again(String name, T before) {
    return before;
  }

  private static String texts() {
    StringBuilder builder = longer(new StringBuilder("a"), new StringBuilder("bb"));
    StringBuffer buffer = longer(new StringBuffer("a"), new StringBuffer("bb"));
    String text = longer("a", "bb");
    StringBuilder again = longer(new StringBuilder("a"), new StringBuilder("bb"));
    return builder + " " + buffer + " " + text + " " + again;
  }

  private static String lists() {
    LinkedList<Integer> linked = first(List.of(), new LinkedList<>(List.of(1))).get();
    ArrayList<Integer> array = first(List.of(), new ArrayList<>(List.of(1))).get();
    return linked + " " + array + " " + first(List.of(), new LinkedList<>(List.of(1))).get();
  }

  private static String named() throws ReflectiveOperationException {
    Product product = read("a", Product.class);
    Order order = read("a", Order.class);
    Product before = again("a", product);
    Order after = again("a", order);
    return product + " " + order + " " + read("a", Product.class) + " " + before + " " + after;
  }

  public static void main(String[] args) throws Exception {
    System.out.println("texts=" + texts());
    System.out.println("lists=" + lists());
    System.out.println("named=" + named());
    for (String cache : List.of("longer", "first", "read", "again")) {
      System.out.println(cache + "=" + Larder.stats(cache).hits());
    }
    System.out.println("evicted=" + Larder.evict("longer", "a", new StringBuilder("bb")));
  }
}
