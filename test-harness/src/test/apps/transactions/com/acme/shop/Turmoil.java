/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writers that commit and roll back, and readers in and out of transactions, all at once. A draft
 * is odd and what is committed is even and rises, so that whoever is given an odd number was given
 * what nobody had committed, and whoever is given less than was committed before it asked was given
 * what is stale.
 */
final class Turmoil {

  private static final int ARTICLES = 3;
  private static final int ROUNDS = 80;
  private static final int FIRST = 10;

  private final ArticleRepository articles;
  private final Levels levels;
  private final Clerk clerk;
  private final AtomicIntegerArray committed = new AtomicIntegerArray(ARTICLES);
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong uncommitted = new AtomicLong();
  private final AtomicLong stale = new AtomicLong();
  private volatile boolean over;

  Turmoil(ArticleRepository articles, Levels levels, Clerk clerk) {
    this.articles = articles;
    this.levels = levels;
    this.clerk = clerk;
  }

  String run() throws Exception {
    for (int i = 0; i < ARTICLES; i++) {
      articles.save(new Article((long) FIRST + i, 0));
    }
    long hits = Larder.stats("stock").hits() + Larder.stats("levels").hits();
    ExecutorService pool = Executors.newCachedThreadPool();
    List<Future<Void>> readers = new ArrayList<>();
    List<Future<Void>> writers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        readers.add(pool.submit(reading(id -> new int[] {articles.stock(id), levels.level(id)})));
      }
      readers.add(pool.submit(reading(clerk::read)));
      readers.add(pool.submit(reading(clerk::readOnly)));
      for (int i = 0; i < ARTICLES; i++) {
        int article = i;
        writers.add(pool.submit(() -> write(article)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
      over = true;
      for (Future<Void> reader : readers) {
        reader.get();
      }
    } finally {
      over = true;
      pool.shutdownNow();
    }
    hits = Larder.stats("stock").hits() + Larder.stats("levels").hits() - hits;
    return "uncommitted "
        + uncommitted
        + " stale "
        + stale
        + (reads.get() > ARTICLES * ROUNDS && hits > ROUNDS
            ? ""
            : " reads " + reads + " hits " + hits);
  }

  private Void write(int article) {
    long id = FIRST + article;
    for (int round = 1; round <= ROUNDS; round++) {
      boolean refuse = round % 3 == 0;
      int draft = 2 * round - 1;
      try {
        Clerk.Seen seen = clerk.change(id, draft, 2 * round, refuse);
        committed.set(article, 2 * round);
        if (!seen.own().equals(draft + " " + draft)) {
          throw new IllegalStateException("a transaction was given " + seen.own());
        }
        for (String number : seen.apart().split(" ")) {
          check(Integer.parseInt(number), 0);
        }
      } catch (Clerk.Refused refused) {
        // as it was asked for
      }
    }
    return null;
  }

  private interface Reader {
    int[] read(long id);
  }

  private Callable<Void> reading(Reader reader) {
    return () -> {
      for (int i = 0; !over; i++) {
        int article = i % ARTICLES;
        int atLeast = committed.get(article);
        for (int number : reader.read(FIRST + article)) {
          check(number, atLeast);
        }
        reads.incrementAndGet();
      }
      return null;
    };
  }

  private void check(int number, int atLeast) {
    if (number % 2 != 0) {
      uncommitted.incrementAndGet();
    } else if (number < atLeast) {
      stale.incrementAndGet();
    }
  }
}
