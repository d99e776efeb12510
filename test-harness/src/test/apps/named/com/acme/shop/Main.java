/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

/** Named in the file alone: nothing of Larder stands in it, nor on its class path. */
public final class Main {

  public static void main(String[] args) {
    Prices prices = new Prices();
    System.out.println("price=" + prices.price(1) + " " + prices.price(1) + " " + prices.price(2));
    System.out.println("except=" + prices.priceNow(1) + " " + prices.priceNow(1));
    System.out.println("overload=" + prices.price("1") + " " + prices.price("1"));
    int before = prices.price(1);
    prices.change(1);
    System.out.println(
        "evicted=" + (prices.price(1) != before) + " others=" + (prices.price(2) == 2));
    System.out.println("private=" + prices.callHidden() + " " + prices.callHidden());
    Repository repository = new JdbcRepository();
    System.out.println("interface=" + repository.find("a") + " " + repository.find("a"));
    System.out.println("inherited=" + repository.count() + " " + repository.count());
    System.out.println("unnamed=" + repository.size() + " " + repository.size());
    repository.save(new Row("a"));
    System.out.println("saved=" + repository.find("a") + " " + repository.find("a"));
  }
}
