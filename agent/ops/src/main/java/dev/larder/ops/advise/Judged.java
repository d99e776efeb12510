/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import dev.larder.engine.observe.Report;
import dev.larder.engine.observe.Report.Lifetime;
import java.util.Comparator;
import java.util.Map;

/**
 * What is advised of one method, and why.
 *
 * @param reason as a sentence without its full stop; null where it is to be cached
 * @param choice how it is to be cached; null where it is not
 */
public record Judged(Report.Method method, Verdict verdict, String reason, Choice choice) {

  /**
   * Fewer calls say little of what comes. No more are asked for: what is slow is often seldom
   * called, and most worth a cache; the figures stand beside the proposal.
   */
  private static final long FEW_CALLS = 20;

  /** In nanoseconds: what is over sooner is not worth a look-up. */
  private static final long TOO_FAST = 1_000;

  /** In nanoseconds: what is over sooner is not worth a request to a backend. */
  private static final long FAST = 10_000;

  /** Of the calls of a method, the share of hits that makes a cache of it worth while. */
  private static final double FEW_HITS = 0.05;

  /** What can be judged of a method. */
  static Judged of(Report.Method method) {
    String impossible = impossible(method);
    if (impossible != null) {
      return new Judged(method, Verdict.NOT_POSSIBLE, impossible, null);
    }
    String unknown = unknown(method);
    if (unknown != null) {
      return new Judged(method, Verdict.UNKNOWN, unknown, null);
    }
    String fast = fast(method);
    if (fast != null) {
      return new Judged(method, Verdict.NOT_WORTH, fast, null);
    }
    if (2 * method.failures() > method.calls()) {
      String most =
          Texts.number(method.failures())
              + " of "
              + Texts.number(method.calls())
              + " calls threw, which is not cached";
      return new Judged(method, Verdict.NOT_WORTH, most, null);
    }
    if (method.repeats() < FEW_HITS * method.calls()) {
      String few =
          method.repeats() == 0
              ? "no repeats: each of its calls had other arguments"
              : "few repeats: "
                  + Texts.number(method.repeats())
                  + " of "
                  + Texts.number(method.calls())
                  + " calls had arguments that had been seen before";
      return new Judged(method, Verdict.NOT_WORTH, few, null);
    }
    return ofRepeating(method);
  }

  private static Judged ofRepeating(Report.Method method) {
    Choice choice = Choice.of(method);
    if (choice == null) {
      return new Judged(
          method,
          Verdict.NOT_SAFE,
          "results differ for equal arguments: of "
              + Texts.number(method.compared())
              + " repeats "
              + Texts.number(method.changed())
              + " gave another result than the call before",
          null);
    }
    if (choice.hits() < FEW_HITS * method.calls()) {
      long most = method.lifetimes().stream().mapToLong(Lifetime::hits).max().orElse(0);
      boolean late = most < FEW_HITS * method.calls();
      return new Judged(
          method,
          late ? Verdict.NOT_WORTH : Verdict.NOT_SAFE,
          late
              ? "repeats come too late for any ttl up to a day"
              : "results differ for equal arguments after more than "
                  + Texts.duration(choice.largestMillis())
                  + ", and few repeats come sooner",
          null);
    }
    return new Judged(method, Verdict.CACHE, null, choice);
  }

  /** Why it cannot be cached; null where it can, as far as is known. */
  private static String impossible(Report.Method method) {
    if (method.subject().obstacle() != null) {
      return method.subject().obstacle();
    }
    long unkeyed = sum(method.unkeyed());
    if (unkeyed > method.calls() / 2 && unkeyed > 0) {
      return "no key can be made of its arguments: " + most(method.unkeyed());
    }
    if (method.unkeepable() != null) {
      return "it returns what cannot be kept: " + method.unkeepable();
    }
    boolean isCompared = 2 * method.compared() >= method.repeats();
    return method.uncompared().isEmpty() || isCompared
        ? null
        : "its results cannot be compared: " + most(method.uncompared());
  }

  private static String unknown(Report.Method method) {
    if (method.subject().uncompared() != null) {
      return method.subject().uncompared();
    }
    return method.calls() < FEW_CALLS
        ? (method.calls() == 1 ? "1 call" : Texts.number(method.calls()) + " calls")
            + (method.calls() == 1 ? " says" : " say")
            + " too little"
        : null;
  }

  private static String fast(Report.Method method) {
    long body = typical(method);
    if (body < TOO_FAST) {
      return "its body takes " + Texts.nanos((double) body) + ", no more than a look-up";
    }
    return body < 2 * method.times().key()
        ? "its body takes "
            + Texts.nanos((double) body)
            + ", and its key alone "
            + Texts.nanos((double) method.times().key())
        : null;
  }

  /** What a body takes, whatever few of them took: a collection of garbage, say. */
  private static long typical(Report.Method method) {
    return Math.min(method.times().mean(), method.times().most95());
  }

  /** Whether a request to a backend would take longer than the body. */
  boolean isForMemoryAlone() {
    return typical(method) < FAST;
  }

  /** How long the calls would not have taken that would have been hits, in nanoseconds. */
  double savedNanos() {
    return choice == null ? 0 : (double) choice.hits() * method.times().mean();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String most(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** The most saved first, then by name. */
  static Comparator<Judged> order() {
    return Comparator.comparingDouble(Judged::savedNanos)
        .reversed()
        .thenComparing(Judged::displayName);
  }

  /** The method as people read it. */
  String displayName() {
    return method.subject().type()
        + '.'
        + method.subject().method()
        + '('
        + Texts.parameters(method.subject().parameters())
        + ')';
  }
}
