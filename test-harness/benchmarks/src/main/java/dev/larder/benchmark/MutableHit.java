/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Hits of a mutable value, of which each caller gets its own copy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MutableHit {

  private static final int KEYS = 64;

  /** Who makes the copy: a constructor by hand, Jackson out of text, or Larder. */
  @Param({"constructor", "jackson", "larder"})
  private String contender;

  private Orders orders;
  private long runsBefore;

  /** A source of orders that belong to whoever asked. */
  private interface Orders {
    Order find(long id);
  }

  private static Order load(long id) {
    Shelf.ran();
    return Order.of(id);
  }

  private static <V> com.github.benmanes.caffeine.cache.Cache<Long, V> cache() {
    return Caffeine.newBuilder()
        .maximumSize(10_000)
        .expireAfterWrite(Duration.ofMinutes(5))
        .build();
  }

  private static final class ByConstructor implements Orders {
    private final com.github.benmanes.caffeine.cache.Cache<Long, Order> cache = cache();

    @Override
    public Order find(long id) {
      return new Order(cache.get(id, MutableHit::load));
    }
  }

  private static final class ByJackson implements Orders {
    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader reader = mapper.readerFor(Order.class);
    private final com.github.benmanes.caffeine.cache.Cache<Long, byte[]> cache = cache();

    @Override
    public Order find(long id) {
      try {
        return reader.readValue(cache.get(id, this::written));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    private byte[] written(long id) {
      try {
        return mapper.writeValueAsBytes(load(id));
      } catch (JsonProcessingException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  private static final class ByLarder implements Orders {
    ByLarder() {
      LarderShop.Agent.require();
    }

    @Override
    @Cache("orders")
    public Order find(long id) {
      return load(id);
    }
  }

  /** Fills the cache, and sees that it hands out copies. */
  @Setup
  public void fill() {
    orders =
        switch (contender) {
          case "constructor" -> new ByConstructor();
          case "jackson" -> new ByJackson();
          case "larder" -> new ByLarder();
          default -> throw new IllegalArgumentException(contender);
        };
    for (int i = 0; i < KEYS; i++) {
      orders.find(i);
      orders.find(i).lines.clear();
      if (orders.find(i).lines.size() != 10) {
        throw new IllegalStateException(contender + " hands out what it keeps");
      }
    }
    runsBefore = Shelf.runs();
  }

  /** Fails if a call was not a hit. */
  @TearDown
  public void allWereHits() {
    if (Shelf.runs() != runsBefore) {
      throw new IllegalStateException(contender + " has missed");
    }
  }

  /** One hit. */
  @Benchmark
  public Object find(MemoryHit.Turn turn) {
    return orders.find(turn.next() & (KEYS - 1));
  }
}
