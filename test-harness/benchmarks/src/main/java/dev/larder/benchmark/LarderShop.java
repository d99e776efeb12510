/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import dev.larder.Cache;
import dev.larder.Larder;
import java.util.Locale;

/** Two annotations, and the agent. */
final class LarderShop implements Shop {

  LarderShop() {
    Agent.require();
  }

  @Override
  @Cache("find")
  public Product find(long id) {
    return Shelf.find(id);
  }

  @Override
  @Cache("price")
  public Product price(String name, int quantity, Locale locale) {
    return Shelf.price(name, quantity, locale);
  }

  /** What the contenders of Larder need. */
  static final class Agent {

    private Agent() {}

    static void require() {
      if (!Larder.attached()) {
        throw new IllegalStateException(
            "this contender runs under the agent; benchmarks.sh starts it so");
      }
    }
  }
}
