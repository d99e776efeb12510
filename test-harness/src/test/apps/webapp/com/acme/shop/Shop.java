/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A web application's class: it, and the annotations, are in its own loader alone. */
public final class Shop implements Supplier<String> {

  static final class Product {
    final String name;

    Product(String name) {
      this.name = name;
    }
  }

  private static int runs;

  @Cache
  private static List<Product> products(long category) {
    runs++;
    return new ArrayList<>(List.of(new Product("jar"), new Product("tin")));
  }

  @Cache(value = "first", key = "{category}", tags = "shop")
  private static Product first(long category) {
    runs++;
    return new Product("first");
  }

  @Override
  public String get() {
    products(1);
    products(1).clear();
    first(1);
    // The cast fails if what is given is another loader's
    Product first = first(1);
    return products(1).get(1).name
        + " "
        + first.name
        + " runs="
        + runs
        + " entries="
        + (Larder.stats("com.acme.shop.Shop.products").entries() + Larder.stats("first").entries())
        + " attached="
        + Larder.attached();
  }
}
