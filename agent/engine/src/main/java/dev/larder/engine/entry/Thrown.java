/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

/**
 * An exception that is kept in a value's place.
 *
 * @param given as what a stage or a Future gave it, which may have it as its cause; null where a
 *     call threw it that should have given one of these
 * @param instead the old entry that stands in for it, as long as it may; null for none
 */
public record Thrown(Throwable failure, Throwable given, Entry instead) {

  /** What is to be served in its place now; null for nothing. */
  public Entry standIn() {
    return instead != null && Clock.precise() < instead.errorUntil() ? instead : null;
  }
}
