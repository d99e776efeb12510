/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

/** Says which attribute of a target is faulty, and how. */
public final class FaultyAttribute extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A fault.
   *
   * @param value what the attribute was given; empty where it was given nothing
   */
  public FaultyAttribute(String attribute, String value, String problem) {
    super(attribute + (value.isEmpty() ? "" : " = " + value) + ": " + problem, null, false, false);
  }
}
