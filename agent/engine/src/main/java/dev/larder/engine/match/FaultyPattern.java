/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

/** Says what is wrong with a pattern, and where. */
public final class FaultyPattern extends Exception {

  private static final long serialVersionUID = 1L;

  private final int position;

  FaultyPattern(String problem, int position) {
    super(problem + " at character " + (position + 1), null, false, false);
    this.position = position;
  }

  /** Where it is wrong: the index of a character in the whole text, from 0. */
  public int position() {
    return position;
  }
}
