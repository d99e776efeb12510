/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warnings about targets, each given once per method and kind. */
final class Warnings {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  /** Beyond so many no further one is given: something is wrong with more than a method. */
  private static final int MOST = 10_000;

  private final Set<String> given = ConcurrentHashMap.newKeySet();

  /** Warns of a method. */
  void once(TargetSpec spec, String message, Object... values) {
    String key = spec.displayName() + spec.descriptor() + '\n' + message;
    if (given.size() < MOST && given.add(key)) {
      Object[] all = new Object[values.length + 1];
      all[0] = spec.displayName();
      System.arraycopy(values, 0, all, 1, values.length);
      LOG.warn("{}: " + message, all);
    }
  }

  /** Tells of a background run that threw; the application never asked for it, so quietly. */
  void renewalFailed(TargetSpec spec, Throwable failure) {
    LOG.debug(
        "{}: a background run failed; the old value is served on", spec.displayName(), failure);
  }
}
