/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** Decides how a value is kept, so that no caller can change what another gets. */
interface Values {

  /**
   * A value as it is kept.
   *
   * @param value what is kept: the caller's own where it never changes, else a copy
   * @param snapshot what makes each caller's copy; null where the value is shared
   */
  record Kept(Object value, Snapshot snapshot) {}

  /**
   * What is kept of a value.
   *
   * @param loader the loader of the method that gave it
   * @throws NotKept if it can neither be shared nor copied
   */
  Kept keep(Object value, CachePolicy.ValueMode mode, ClassLoader loader) throws NotKept;

  /** Says why values of a type are not kept, and what to do. */
  final class NotKept extends Exception {
    private static final long serialVersionUID = 1L;

    NotKept(String reason) {
      super(reason, null, false, false);
    }
  }
}
