/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** The bodies behind the caches, and how often they ran: a hit runs none. */
final class Shelf {

  private static final LongAdder RUNS = new LongAdder();

  private Shelf() {}

  static Product find(long id) {
    RUNS.increment();
    return new Product(id, "product", (int) id);
  }

  static Product price(String name, int quantity, Locale locale) {
    RUNS.increment();
    return new Product(quantity, name + locale, quantity);
  }

  static long runs() {
    return RUNS.sum();
  }

  static void ran() {
    RUNS.increment();
  }
}
