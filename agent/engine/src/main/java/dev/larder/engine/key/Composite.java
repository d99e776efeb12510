/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Arrays;

/** A part of a key that stands for an argument by its canonical bytes alone. */
public final class Composite {

  private final byte[] bytes;
  private final int hash;

  Composite(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** An estimate of what this part takes of the heap, in bytes. */
  public int weight() {
    return 48 + bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Composite that
            && hash == that.hash
            && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
