/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.TargetSpec;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warnings about targets, each given once per kind, of a method or of a class of receivers. */
final class Warnings {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  /** Beyond so many no further one is given: something is wrong with more than a method. */
  private static final int MOST = 10_000;

  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Set<String> given = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> lastStale = new ConcurrentHashMap<>();

  /** Warns of a method. */
  void once(TargetSpec spec, String message, Object... values) {
    once(spec.displayName() + spec.descriptor(), spec, message, values);
  }

  /** Warns of a class of receivers, whichever of its methods is the first to show it. */
  void onceOfReceivers(String className, TargetSpec spec, String message) {
    once(className, spec, message, className);
  }

  private void once(String about, TargetSpec spec, String message, Object... values) {
    if (given.size() < MOST && given.add(about + '\n' + message)) {
      Object[] all = new Object[values.length + 1];
      all[0] = spec.displayName();
      System.arraycopy(values, 0, all, 1, values.length);
      LOG.warn("{}: " + message, all);
    }
  }

  /** Warns of a hit that gave what was not so any more: of each method at most once a minute. */
  void stale(TargetSpec spec, String difference) {
    long now = System.nanoTime();
    String method = spec.displayName() + spec.descriptor();
    Long last = lastStale.get(method);
    boolean isFirst =
        last == null && lastStale.size() < MOST && lastStale.putIfAbsent(method, now) == null;
    if (isFirst
        || (last != null && now - last >= PAUSE_NANOS && lastStale.replace(method, last, now))) {
      LOG.warn(
          "{}: a hit was stale: {} when the body is run again; evict it where it changes, or give it"
              + " a shorter ttl",
          spec.displayName(),
          difference);
    }
  }

  /** Tells of a body that threw when a hit was to be verified; quietly, as nobody waited for it. */
  void verificationFailed(TargetSpec spec, Throwable failure) {
    LOG.debug("{}: a hit could not be verified", spec.displayName(), failure);
  }

  /** Tells of a background run that threw; the application never asked for it, so quietly. */
  void renewalFailed(TargetSpec spec, Throwable failure) {
    LOG.debug(
        "{}: a background run failed; the old value is served on", spec.displayName(), failure);
  }
}
