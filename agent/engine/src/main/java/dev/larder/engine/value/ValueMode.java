/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** How a kept value is given to several callers. */
public enum ValueMode {
  /** Deeply immutable values are shared, others are copied out. */
  AUTO,
  /** Each caller gets the instance that the method gave. */
  SHARE,
  /** Each caller gets a copy, of immutable values too; but texts, numbers and their like. */
  COPY
}
