/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What has been observed so far.
 *
 * @param version of this form of a report
 * @param observedMillis for how long
 * @param methodsLeftOut how many methods were too many to be observed
 * @param methods those whose calls were observed, in the order of their names
 */
public record Report(int version, long observedMillis, int methodsLeftOut, List<Method> methods) {

  /** Takes the methods as they are now. */
  public Report {
    methods = List.copyOf(methods);
  }

  /** The form that this release writes and reads. */
  public static final int VERSION = 1;

  /** Of a JVM in which nothing has been called yet. */
  public static final Report EMPTY = new Report(VERSION, 0, 0, List.of());

  /**
   * What has been observed of one method. Where {@code sampledOneIn} is more than 1, what depends
   * on keys is estimated by the calls of that share of all keys.
   *
   * @param observedMillis since its first call
   * @param calls how many have ended
   * @param failures how many of them have thrown
   * @param nulls how many gave null
   * @param unkeyed how many had arguments that no key can be made of, by the reason
   * @param uncompared how many gave what cannot be compared, by the reason
   * @param unkeepable why a result cannot be kept in memory; null where none is known that cannot
   * @param keys how many different keys there were
   * @param repeats how many calls had a key that had been seen before
   * @param compared of the repeats, how many could be compared with the last call of their key
   * @param changed of these, how many gave another result
   * @param times how long bodies took
   * @param gaps the repeats by the time since the last call of their key
   * @param lifetimes what a cache would have done
   */
  public record Method(
      Subject subject,
      long observedMillis,
      long calls,
      long failures,
      long nulls,
      Map<String, Long> unkeyed,
      Map<String, Long> uncompared,
      String unkeepable,
      int sampledOneIn,
      long keys,
      long repeats,
      long compared,
      long changed,
      Times times,
      List<Gap> gaps,
      List<Lifetime> lifetimes) {

    /** Takes all of it as it is now. */
    public Method {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(times, "times");
      unkeyed = Map.copyOf(unkeyed);
      uncompared = Map.copyOf(uncompared);
      gaps = List.copyOf(gaps);
      lifetimes = List.copyOf(lifetimes);
    }
  }

  /**
   * How long the bodies of a method took, in nanoseconds.
   *
   * @param mean of those that were timed
   * @param median to within a tenth
   * @param most95 what 95 % took at most, to within a tenth
   * @param key what a key took to make on average, but no more than 95 % did: the first ones load
   *     classes
   */
  public record Times(long mean, long median, long most95, long key) {}

  /**
   * Repeats after about the same time.
   *
   * @param upToMillis the time that they came after at most; -1 where there is no such
   * @param repeats how many
   * @param changed how many of them gave another result than the last call of their key
   */
  public record Gap(long upToMillis, long repeats, long changed) {}

  /**
   * What a cache with one time to live would have done.
   *
   * @param ttlMillis the time to live
   * @param hits how many calls would have been hits
   * @param stale how many of them would have given what is no longer the result
   * @param nullHits how many of the hits would have given null
   * @param nullStale how many of these would have been stale
   */
  public record Lifetime(long ttlMillis, long hits, long stale, long nullHits, long nullStale) {}
}
