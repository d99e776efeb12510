/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/** Reads the text of a value. */
@FunctionalInterface
public interface Parser<T> {

  /**
   * Reads a value; blanks around it are already taken off.
   *
   * @throws FaultyValue if the text is no such value
   */
  T parse(String text) throws FaultyValue;
}
