/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The methods that are observed in one JVM, by their names: what is known of a method outlives its
 * class, and another configuration.
 */
public final class Observations {

  private static final int MOST_METHODS = 1_000;

  /** The share of the heap that keys may take together, and how many bytes at most. */
  private static final int SHARE_OF_HEAP = 50;

  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private final Map<String, MethodWatch> watches = new ConcurrentHashMap<>();
  private final AtomicInteger leftOut = new AtomicInteger();
  private final long origin = System.nanoTime();
  private final Budget budget;

  /** Of a JVM in which nothing has been called yet. */
  public Observations() {
    this(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  /**
   * The same.
   *
   * @param bytes what keys take together at most, beside the few of each method
   */
  Observations(long bytes) {
    this.budget = new Budget(bytes);
  }

  /** What counts the calls of a method; null where there are too many methods. */
  public MethodWatch of(Subject subject) {
    MethodWatch known = watches.get(subject.signature());
    if (known != null && known.subject().equals(subject)) {
      return known;
    }
    if (known == null && watches.size() >= MOST_METHODS) {
      leftOut.incrementAndGet();
      return null;
    }
    return watches.merge(
        subject.signature(),
        new MethodWatch(subject, budget),
        (before, made) -> before.subject().equals(subject) ? before : made);
  }

  /** What has been observed so far. */
  public Report report() {
    List<Report.Method> methods = new ArrayList<>();
    for (MethodWatch each : watches.values()) {
      methods.add(each.report());
    }
    methods.sort(Comparator.comparing(each -> each.subject().signature()));
    return new Report(
        Report.VERSION,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin),
        leftOut.get(),
        methods);
  }
}
