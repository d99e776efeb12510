/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import dev.larder.engine.observe.Report;
import dev.larder.engine.observe.Report.Lifetime;
import dev.larder.engine.observe.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports as an observing JVM would make them, one figure at a time. */
final class Reports {

  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;

  static final long[] TTLS = {
    SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR
  };

  String type = "com.acme.shop.Wares";
  String method = "find";
  String parameters = "java.lang.String, long";
  String cache = "all";
  boolean annotated;
  boolean askedFor;
  Map<String, String> attributes = Map.of();
  String obstacle;
  String notObserved;
  long observed = 2 * HOUR;
  long calls = 10_000;
  long failures;
  long nulls;
  long keys = 100;
  long repeats = 9_900;
  long compared = 9_900;
  long changed;
  long mean = 5_000_000;
  long most95;
  long key = 200;
  Map<String, Long> unkeyed = Map.of();
  Map<String, Long> uncompared = Map.of();
  String unkeepable;
  long[] hits = {5_000, 8_000, 9_000, 9_500, 9_700, 9_800, 9_850, 9_890, 9_900};
  long[] stale = new long[9];
  long[] nullHits = new long[9];
  long[] nullStale = new long[9];

  static Reports of(String method) {
    Reports made = new Reports();
    made.method = method;
    return made;
  }

  Report.Method method() {
    List<Lifetime> lifetimes = new ArrayList<>();
    for (int i = 0; i < TTLS.length; i++) {
      lifetimes.add(new Lifetime(TTLS[i], hits[i], stale[i], nullHits[i], nullStale[i]));
    }
    return new Report.Method(
        new Subject(
            type,
            method,
            parameters,
            cache,
            annotated,
            askedFor,
            attributes,
            obstacle,
            notObserved),
        observed,
        calls,
        failures,
        nulls,
        unkeyed,
        uncompared,
        unkeepable,
        1,
        keys,
        repeats,
        compared,
        changed,
        new Report.Times(mean, mean, most95 == 0 ? 2 * mean : most95, key),
        List.of(),
        lifetimes);
  }

  static Report report(Reports... methods) {
    List<Report.Method> all = new ArrayList<>();
    for (Reports each : methods) {
      all.add(each.method());
    }
    return new Report(Report.VERSION, 2 * HOUR, 0, all);
  }
}
