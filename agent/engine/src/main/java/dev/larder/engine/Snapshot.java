/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** Makes a caller's own copy of a mutable value that is kept. */
@FunctionalInterface
interface Snapshot {

  /** A copy that shares nothing mutable with what is kept. */
  Object copyOf(Object kept);
}
