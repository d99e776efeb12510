/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/**
 * An application that runs before Larder comes, or while its configuration changes: it answers each
 * line with one, and all of its classes but one are loaded when it says that it runs.
 */
public final class Main {

  private static volatile int runs;

  /** What only a file can name. */
  interface Prices {
    int price(long id);
  }

  static final class ListPrices implements Prices {
    @Override
    public int price(long id) {
      return ++runs;
    }

    int discount(long id) {
      return ++runs;
    }
  }

  /**
   * At the end of a long line of ancestors, the first of which a file may name with its subtypes.
   */
  static class Adam {
    int child(long id) {
      return ++runs;
    }
  }

  static class Seth extends Adam {}

  static class Enosh extends Seth {}

  static class Kenan extends Enosh {}

  static final class Mahalalel extends Kenan {
    @Override
    int child(long id) {
      return ++runs;
    }
  }

  /** Loaded when it is first asked. */
  static final class Late {
    static int late(long id) {
      return ++runs;
    }
  }

  @Cache("marked")
  static int marked(long id) {
    return ++runs;
  }

  static int plain(long id) {
    return ++runs;
  }

  static void change(long id) {
    runs++;
  }

  public static void main(String[] args) throws Exception {
    ListPrices listPrices = new ListPrices();
    Prices proxy =
        (Prices)
            Proxy.newProxyInstance(
                Main.class.getClassLoader(),
                new Class<?>[] {Prices.class},
                (self, method, arguments) -> method.invoke(listPrices, arguments));
    Adam youngest = new Mahalalel();
    proxy.price(marked(0) + plain(0) + youngest.child(0));
    runs = 0;
    System.out.println("runs");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      long id = words.length > 1 ? Long.parseLong(words[1]) : 0;
      System.out.println(
          switch (words[0]) {
            case "marked" -> marked(id);
            case "plain" -> plain(id);
            case "price" -> listPrices.price(id);
            case "discount" -> listPrices.discount(id);
            case "proxy" -> proxy.price(id);
            case "child" -> youngest.child(id);
            case "late" -> Late.late(id);
            case "change" -> {
              change(id);
              yield "changed";
            }
            case "evict" -> Larder.evict(words[2], id);
            case "stats" -> Larder.stats(words[2]).hits() + " " + Larder.stats(words[2]).entries();
            case "bypassed" -> Larder.stats(words[2]).bypassed();
            case "attached" -> Larder.attached();
            case "runs" -> runs;
            default -> "what?";
          });
    }
  }
}
