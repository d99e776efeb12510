/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/**
 * One call of a target on its way to an entry.
 *
 * @param receiver null of a static method
 * @param key under which its result is kept
 * @param variant to which its receiver belongs
 */
record Call(Target target, Object receiver, Object[] arguments, Object key, Variant variant) {

  @Override
  public boolean equals(Object other) {
    return this == other; // a call is itself alone, and its arguments' equals is not ours to call
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
