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
  private final String backend;
  private final LongAdder errors;
  private final BackendErrors told;

  Failures(String cache, String backend, LongAdder errors, BackendErrors told) {
    this.cache = cache;
    this.backend = backend;
    this.errors = errors;
    this.told = told;
  }

  /** Counts what kept the backend from being of use for an operation. */
  void count(String operation, RuntimeException failure) {
    errors.increment();
    told.failed(cache, backend, operation, failure);
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
