/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import dev.larder.Cache;

/** What every contender of the Redis benchmarks answers. */
interface Articles {

  Article find(long id);

  /** The body behind the cache. */
  static Article load(long id) {
    Shelf.ran();
    return Article.of(id);
  }

  /** An annotation, and the agent's options. */
  final class OfLarder implements Articles {
    OfLarder() {
      LarderShop.Agent.require();
    }

    @Override
    @Cache("articles")
    public Article find(long id) {
      return load(id);
    }
  }

  /** The same with a tag on each entry. */
  final class OfLarderTagged implements Articles {
    OfLarderTagged() {
      LarderShop.Agent.require();
    }

    @Override
    @Cache(value = "tagged", tags = "shelf:{id % 10}")
    public Article find(long id) {
      return load(id);
    }
  }
}
