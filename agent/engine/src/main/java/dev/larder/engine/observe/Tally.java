/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

/**
 * What the calls of sampled keys have come to. Each counts for as many as were left out beside it,
 * so that the sums are estimates of what all calls came to.
 */
final class Tally {

  double calls;
  double repeats;
  double compared;
  double changed;
  double keys;
  final double[] gaps = new double[Ttls.COUNT + 1];
  final double[] gapsChanged = new double[Ttls.COUNT + 1];
  final double[] hits = new double[Ttls.COUNT];
  final double[] stale = new double[Ttls.COUNT];
  final double[] nullHits = new double[Ttls.COUNT];
  final double[] nullStale = new double[Ttls.COUNT];

  void add(Tally other) {
    calls += other.calls;
    repeats += other.repeats;
    compared += other.compared;
    changed += other.changed;
    keys += other.keys;
    add(gaps, other.gaps);
    add(gapsChanged, other.gapsChanged);
    add(hits, other.hits);
    add(stale, other.stale);
    add(nullHits, other.nullHits);
    add(nullStale, other.nullStale);
  }

  private static void add(double[] to, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
