/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.concurrent.atomic.AtomicInteger;

/** Which of a method's keys are looked at: one in a power of two, which only ever grows. */
final class Sampling {

  /** Beyond this nothing would be left to judge by. */
  private static final int MOST = 40;

  private final AtomicInteger shift = new AtomicInteger();

  /** So many zeros the fingerprint of a key must end in. */
  int shift() {
    return shift.get();
  }

  /** Looks at half as many, unless somebody has seen to that since. */
  void raise(int seen) {
    if (seen < MOST) {
      shift.compareAndSet(seen, seen + 1);
    }
  }
}
