/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import dev.larder.engine.observe.Report;
import dev.larder.engine.observe.Subject;
import java.util.ArrayList;
import java.util.List;

/** What is advised on a report: a verdict on each of its methods, and the name of its cache. */
public final class Advice {

  private final Report report;
  private final List<Judged> judged = new ArrayList<>();
  private final CacheNames names;

  /** What is advised on a report. */
  public Advice(Report report) {
    this.report = report;
    List<Subject> subjects = new ArrayList<>();
    for (Report.Method each : report.methods()) {
      judged.add(Judged.of(each));
      subjects.add(each.subject());
    }
    this.names = new CacheNames(subjects);
  }

  Report report() {
    return report;
  }

  /** What is advised of each method, in the order of the report. */
  public List<Judged> judged() {
    return List.copyOf(judged);
  }

  /** The name of the cache that a method is to be in. */
  public String cacheOf(Judged method) {
    return names.of(method.method().subject());
  }

  /** The proposed properties file. */
  public String proposal() {
    return new Proposal(this).text();
  }
}
