/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Named in the file alone: nothing of Larder stands in it, nor on its class path. */
public final class Main {

  public static void main(String[] args) {
    Prices prices = new Prices();
    System.out.println("first=" + prices.price(1) + " second=" + prices.price(1));
    System.out.println("except=" + prices.priceNow(1) + " " + prices.priceNow(1));
    prices.change(1);
    System.out.println("evicted=" + prices.price(1));
    Repository repository = new JdbcRepository();
    System.out.println("interface=" + repository.find("a") + " " + repository.find("a"));
    System.out.println("unnamed=" + repository.count() + " " + repository.count());
    System.out.println("private=" + prices.callHidden() + " " + prices.callHidden());
  }

  static final class Prices {
    private int runs;

    int price(long id) {
      return ++runs;
    }

    int priceNow(long id) {
      return ++runs;
    }

    void change(long id) {}

    int callHidden() {
      return hidden();
    }

    private int hidden() {
      return ++runs;
    }
  }

  interface Repository {
    String find(String name);

    int count();
  }

  static final class JdbcRepository implements Repository {
    private int runs;

    @Override
    public String find(String name) {
      return name + ++runs;
    }

    @Override
    public int count() {
      return ++runs;
    }
  }
}
