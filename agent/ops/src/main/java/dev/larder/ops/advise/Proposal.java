/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.observe.Report;
import dev.larder.engine.observe.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a properties file: a cache for each method that is worth one, and why the others are not.
 */
final class Proposal {

  /** What a cache holds where its settings say nothing. */
  private static final long ENTRIES_BY_DEFAULT = 10_000;

  private static final long MOST_ENTRIES = 1_000_000;

  private final Advice advice;
  private final StringBuilder text = new StringBuilder();

  Proposal(Advice advice) {
    this.advice = advice;
  }

  String text() {
    Map<String, List<Judged>> caches = new LinkedHashMap<>();
    List<Judged> others = new ArrayList<>();
    for (Judged each : advice.judged().stream().sorted(Judged.order()).toList()) {
      if (each.verdict() == Verdict.CACHE && isNameable(each)) {
        caches.computeIfAbsent(advice.cacheOf(each), name -> new ArrayList<>()).add(each);
      } else {
        others.add(each);
      }
    }
    head(caches.values().stream().mapToInt(List::size).sum());
    caches.forEach(this::cache);
    if (!others.isEmpty()) {
      text.append('\n');
      comment("Not proposed:");
      for (Judged each : others) {
        other(each, caches.containsKey(advice.cacheOf(each)));
      }
    }
    return text.toString();
  }

  private void head(int proposed) {
    Report report = advice.report();
    comment(
        "Proposed by Larder's advise, from "
            + Texts.nanos(report.observedMillis() * 1e6)
            + " of observing: "
            + Texts.number(report.methods().size())
            + (report.methods().size() == 1 ? " method was" : " methods were")
            + " called, "
            + Texts.number(proposed)
            + (proposed == 1 ? " is" : " are")
            + " worth a cache.");
    comment(
        "Of the configuration that it was observed by, mode and patterns of methods go; the rest");
    comment("belongs beside this: backend and addresses, what evicts, path rules.");
    if (report.methods().isEmpty()) {
      comment(
          "No call has ended of a method that is annotated or named by cache.NAME.methods; let the"
              + " application work, and ask again.");
    }
    if (report.methodsLeftOut() > 0) {
      comment(
          Texts.number(report.methodsLeftOut())
              + " more methods were too many to be observed; name fewer by patterns.");
    }
  }

  private void cache(String name, List<Judged> methods) {
    text.append('\n');
    methods.forEach(this::evidence);
    Judged first = methods.get(0);
    Subject subject = first.method().subject();
    if (subject.annotated()) {
      comment(methods.size() == 1 ? "It is annotated." : "They are annotated.");
    } else {
      line(name, "methods", pattern(subject));
      new TreeMap<>(subject.attributes()).forEach((key, value) -> line(name, key, value));
    }
    long ttl = methods.stream().mapToLong(each -> each.choice().ttlMillis()).min().orElseThrow();
    line(name, "ttl", Texts.duration(ttl));
    if (methods.stream().anyMatch(each -> !each.choice().cacheNull())) {
      comment("Null soon becomes something else here.");
      line(name, "cache-null", "false");
    }
    long keys = methods.stream().mapToLong(each -> each.method().keys()).sum();
    if (keys > ENTRIES_BY_DEFAULT) {
      line(name, "max-entries", String.valueOf(roundUp(keys)));
    }
    if (methods.stream().allMatch(Judged::isForMemoryAlone)) {
      comment("A request to a remote backend would take longer than the body.");
      line(name, "backend", "memory");
    }
  }

  private void evidence(Judged judged) {
    Report.Method method = judged.method();
    Choice choice = judged.choice();
    comment(judged.displayName());
    comment(
        "  "
            + Texts.number(method.calls())
            + " calls, "
            + Texts.number(method.repeats())
            + " of them repeats, of "
            + Texts.number(method.keys())
            + (method.keys() == 1 ? " key" : " keys")
            + (method.sampledOneIn() > 1
                ? " (estimated by one key in " + Texts.number(method.sampledOneIn()) + ")"
                : "")
            + (method.failures() > 0 ? "; " + Texts.number(method.failures()) + " failed" : "")
            + (method.nulls() > 0 ? "; " + Texts.number(method.nulls()) + " gave null" : ""));
    comment(
        "  body: "
            + Texts.nanos((double) method.times().mean())
            + " on average, half of them within "
            + Texts.nanos((double) method.times().median())
            + ", 95 % within "
            + Texts.nanos((double) method.times().most95()));
    comment(
        "  ttl = "
            + Texts.duration(choice.ttlMillis())
            + " would have saved "
            + Texts.percent(choice.hits(), method.calls())
            + " of the calls, some "
            + Texts.nanos(judged.savedNanos())
            + "; stale: "
            + Texts.number(choice.stale())
            + " of "
            + Texts.number(choice.hits())
            + " hits");
    comment(
        "  largest ttl with fewer than 1 in 1,000 hits stale: "
            + Texts.duration(choice.largestMillis())
            + (choice.isAllSeen()
                ? " (it was observed for " + Texts.nanos(method.observedMillis() * 1e6) + ")"
                : ""));
    if (method.compared() + method.failures() < method.repeats()) {
      comment(
          "  "
              + Texts.number(method.repeats() - method.compared())
              + " of the repeats could not be compared");
    }
    method
        .unkeyed()
        .forEach(
            (reason, count) ->
                comment("  " + Texts.number(count) + " calls had no key: " + reason));
  }

  private void other(Judged judged, boolean isCacheProposed) {
    comment("  " + judged.displayName());
    comment("    " + why(judged));
    Subject subject = judged.method().subject();
    if (subject.annotated() && judged.verdict() != Verdict.UNKNOWN) {
      if (isCacheProposed) {
        comment(
            "    It is annotated, and is in a cache that is proposed: take its annotation away.");
      } else {
        comment("    It is annotated; this line keeps it from being cached:");
        comment("    cache." + Texts.inKey(subject.cache()) + ".enabled = false");
      }
    }
  }

  private static String why(Judged judged) {
    if (judged.reason() == null) {
      return "its name cannot be written as a pattern";
    }
    return switch (judged.verdict()) {
          case NOT_WORTH -> "not worth it: ";
          case NOT_SAFE -> "not safe: ";
          case NOT_POSSIBLE -> "not possible: ";
          case UNKNOWN, CACHE -> "not known: ";
        }
        + judged.reason();
  }

  private static boolean isNameable(Judged judged) {
    Subject subject = judged.method().subject();
    try {
      return subject.annotated() || MethodPattern.parseList(pattern(subject)).size() == 1;
    } catch (FaultyPattern unusual) {
      return false;
    }
  }

  private static String pattern(Subject subject) {
    return subject.type()
        + '.'
        + subject.method()
        + '('
        + Texts.parameters(subject.parameters())
        + ')';
  }

  /** The next of 1, 2, 5, 10 …, with some room. */
  private static long roundUp(long keys) {
    long step = 1;
    while (step < MOST_ENTRIES) {
      for (long each : new long[] {step, 2 * step, 5 * step}) {
        if (each >= keys && each <= MOST_ENTRIES) {
          return each;
        }
      }
      step *= 10;
    }
    return MOST_ENTRIES;
  }

  private void comment(String said) {
    text.append(said.isEmpty() ? "#" : "# ").append(Texts.onOneLine(said)).append('\n');
  }

  private void line(String cache, String key, String value) {
    text.append("cache.")
        .append(Texts.inKey(cache))
        .append('.')
        .append(key)
        .append(" = ")
        .append(Texts.asValue(value))
        .append('\n');
  }
}
