/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Locale;

/** Caffeine by hand, as most would write it. */
final class CaffeineShop implements Shop {

  private record Price(String name, int quantity, Locale locale) {}

  private final Cache<Long, Product> products;
  private final Cache<Price, Product> prices;

  private CaffeineShop(Ticker ticker) {
    products = cache(ticker);
    prices = cache(ticker);
  }

  static CaffeineShop usual() {
    return new CaffeineShop(Ticker.systemTicker());
  }

  /** With the time of a coarse clock, which is what costs Caffeine's hits most. */
  static CaffeineShop withCoarseTicker() {
    CoarseTicker ticker = new CoarseTicker();
    ticker.start();
    return new CaffeineShop(ticker);
  }

  private static <K> Cache<K, Product> cache(Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(10_000)
        .expireAfterWrite(Duration.ofMinutes(5))
        .ticker(ticker)
        .build();
  }

  @Override
  public Product find(long id) {
    Product product = products.getIfPresent(id);
    if (product == null) {
      product = Shelf.find(id);
      products.put(id, product);
    }
    return product;
  }

  @Override
  public Product price(String name, int quantity, Locale locale) {
    Price key = new Price(name, quantity, locale);
    Product product = prices.getIfPresent(key);
    if (product == null) {
      product = Shelf.price(name, quantity, locale);
      prices.put(key, product);
    }
    return product;
  }

  /** Advanced by a thread every few milliseconds. */
  private static final class CoarseTicker extends Thread implements Ticker {
    private volatile long now = System.nanoTime();

    CoarseTicker() {
      super("coarse-ticker");
      setDaemon(true);
    }

    @Override
    public long read() {
      return now;
    }

    @Override
    public void run() {
      try {
        while (true) {
          Thread.sleep(5);
          now = System.nanoTime();
        }
      } catch (InterruptedException over) {
        interrupt();
      }
    }
  }
}
