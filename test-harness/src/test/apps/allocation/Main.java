/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.sun.management.ThreadMXBean;
import dev.larder.Cache;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many bytes of heap hits and misses cost once they are compiled. */
public class Main {

  private static final int CALLS = 200_000;
  private static final int KEYS = 100;

  /** A compiler that has not come so far by then will not come. */
  private static final int ROUNDS = 600;

  /** For what cannot come to nothing. */
  private static final int FEW_ROUNDS = 30;

  record Product(long id, String name) {}

  @Cache
  Product byNumber(long id) {
    return new Product(id, "by number");
  }

  @Cache
  Product byText(String id) {
    return new Product(id.length(), "by text");
  }

  @Cache
  Product byTwo(String id, String shop) {
    return new Product(id.length(), shop);
  }

  @Cache
  Product byThree(String id, String shop, Locale locale) {
    return new Product(id.length(), shop);
  }

  @Cache
  Product byMixed(String id, int count, Locale locale) {
    return new Product(count, id);
  }

  @Cache
  static Product byNothing() {
    return new Product(0, "by nothing");
  }

  /** A value of which each caller gets a copy. */
  static final class Basket {
    private long id;
    private String owner;
    private List<Item> items = new ArrayList<>();

    Basket(long id) {
      this.id = id;
      this.owner = "owner";
      for (int i = 0; i < 5; i++) {
        items.add(new Item("item", i));
      }
    }

    Basket(Basket other) {
      id = other.id;
      owner = other.owner;
      items = new ArrayList<>(other.items.size());
      for (Item item : other.items) {
        items.add(new Item(item.name, item.count));
      }
    }
  }

  static final class Item {
    private String name;
    private int count;

    Item(String name, int count) {
      this.name = name;
      this.count = count;
    }
  }

  @Cache
  Basket mutable(long id) {
    return new Basket(id);
  }

  private static final Basket ORIGINAL = new Basket(1);
  private static final Product SHARED = new Product(1, "shared");

  @Cache
  Product missed(long id) {
    return SHARED;
  }

  @Cache
  Product another(long id) {
    return SHARED;
  }

  private Object last;
  private long sum;

  private interface Call {
    Product hit(int i);
  }

  public static void main(String[] arguments) {
    Main main = new Main();
    String[] names = new String[KEYS];
    for (int i = 0; i < KEYS; i++) {
      names[i] = "product-" + i;
    }
    main.print("number", i -> main.byNumber(i % KEYS));
    main.printClasses();
    main.print("text", i -> main.byText(names[i % KEYS]));
    main.print("two", i -> main.byTwo(names[i % KEYS], "shop"));
    main.print("three", i -> main.byThree(names[i % KEYS], "shop", Locale.GERMANY));
    main.print("mixed", i -> main.byMixed(names[i % KEYS], 1_000 + i % KEYS, Locale.GERMANY));
    main.print("nothing", i -> byNothing());
    main.printFew("copied", i -> main.last = main.mutable(i % KEYS));
    main.printFew("copied by hand", i -> main.last = new Basket(ORIGINAL));
    long[] next = {0};
    main.printFew("missed", i -> main.last = main.missed(next[0]++));
  }

  /** What another call site of a shape that is known has the JVM load, at its miss and its hit. */
  private void printClasses() {
    long before = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    another(1);
    another(1);
    long loaded = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - before;
    System.out.println("classes: " + loaded);
  }

  private interface Use {
    void of(int i);
  }

  private void printFew(String kind, Use use) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < FEW_ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS / 10; i++) {
        use.of(i);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    System.out.println(kind + ": " + least / (CALLS / 10));
  }

  /** The least of all rounds: what the compiler allocates for itself is on its own threads. */
  private void print(String kind, Call call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= CALLS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        sum += call.hit(i).id();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    System.out.println(kind + ": " + least / CALLS);
  }
}
