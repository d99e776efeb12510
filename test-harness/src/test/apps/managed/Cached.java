/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;

/** Loaded when it is first asked. */
final class Cached {

  private static int runs;

  private Cached() {}

  @Cache("late")
  static int find(long id) {
    return ++runs;
  }
}
