/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

/** Who is told what a backend has not done for a call. */
@FunctionalInterface
public interface BackendErrors {

  /**
   * A backend has failed.
   *
   * @param cache null where it is about all
   * @param operation what was asked of it
   */
  void failed(String cache, String backend, String operation, RuntimeException failure);
}
