/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.sun.management.ThreadMXBean;
import dev.larder.Cache;
import java.lang.management.ManagementFactory;

/** Hits of a shared value, and how many bytes of heap they cost once they are compiled. */
public class Main {

  private static final int CALLS = 200_000;
  private static final int KEYS = 100;

  /** A compiler that has not come so far by then will not come. */
  private static final int ROUNDS = 600;

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
  static Product byNothing() {
    return new Product(0, "by nothing");
  }

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
    main.print("text", i -> main.byText(names[i % KEYS]));
    main.print("nothing", i -> byNothing());
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
