/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.BackendException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What fails of one cache with its backend: counted for its statistics, and told at {@code debug},
 * since that a backend is out is said elsewhere, once for all caches.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private final String cache;
  private final LongAdder errors;

  Failures(String cache, LongAdder errors) {
    this.cache = cache;
    this.errors = errors;
  }

  /** Counts what kept the backend from being of use. */
  void count(RuntimeException failure) {
    errors.increment();
    LOG.debug(
        "cache {}: its backend was of no use to a call: {}",
        cache,
        failure.toString(),
        failure instanceof BackendException ? null : failure);
  }

  /** Counts an entry that could not be read. */
  void countUnreadable() {
    errors.increment();
  }
}
