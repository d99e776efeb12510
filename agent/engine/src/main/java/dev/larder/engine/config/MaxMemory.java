/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/**
 * How much the stores of this JVM hold together.
 *
 * @param share of the greatest heap, from 0 to 1; 0 where bytes say it
 * @param bytes 0 where a share says it
 */
public record MaxMemory(double share, long bytes) {

  /** The bound in bytes, for a heap that grows to so many. */
  public long of(long heapBytes) {
    return bytes > 0 ? bytes : (long) (share * heapBytes);
  }
}
