package com.acme.shop;

import dev.larder.CacheStats;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/** Calls each method some hundred times, and tells what that gave. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Wares wares = new Wares();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "work" -> System.out.println(work(wares));
        case "bodies" -> System.out.println(wares.bodies());
        case "attached" -> System.out.println(Larder.attached());
        case "stats" -> {
          CacheStats stats = Larder.stats(words[1]);
          System.out.println(
              stats.hits() + " " + stats.misses() + " " + stats.bypassed() + " " + stats.entries());
        }
        case "evict" -> System.out.println(Larder.evict(words[1], 1L) + Larder.clearAll());
        default -> System.out.println("not understood: " + line);
      }
    }
  }

  /** What all results together are. */
  private static long work(Wares wares) throws Exception {
    long sum = 0;
    for (int i = 0; i < 300; i++) {
      sum = add(sum, wares.find(i % 10));
      sum = add(sum, wares.search("word", i % 3));
      sum = add(sum, wares.maybe(i % 10));
      sum = add(sum, wares.later(i % 10).get());
      sum = add(sum, wares.price(i % 10));
      sum = add(sum, wares.token("user " + i % 10));
      sum = add(sum, wares.annotatedToken("user " + i % 10));
      sum = add(sum, wares.once(i));
      sum = add(sum, wares.evaluated(() -> 7));
      sum = add(sum, wares.opened(i % 10).read());
      try {
        sum = add(sum, wares.failing(i % 10));
      } catch (IllegalStateException failed) {
        sum = add(sum, failed.getMessage());
      }
    }
    for (int i = 0; i < 5_000; i++) {
      sum = add(sum, wares.quick(i % 10));
    }
    return sum;
  }

  private static long add(long sum, Object result) {
    return 31 * sum + String.valueOf(result).hashCode();
  }
}
