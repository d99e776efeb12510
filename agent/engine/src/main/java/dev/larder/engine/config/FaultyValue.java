/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/** Says what is wrong with a value and what is allowed; never the text of a secret. */
public final class FaultyValue extends Exception {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String allowed;

  /**
   * Names the two halves of a fault.
   *
   * @param problem what is wrong, with the value unless it may be secret
   * @param allowed what may stand instead
   */
  public FaultyValue(String problem, String allowed) {
    super(problem + "; allowed: " + allowed, null, false, false);
    this.problem = problem;
    this.allowed = allowed;
  }

  /** What is wrong with the value. */
  public String problem() {
    return problem;
  }

  /** What may stand instead. */
  public String allowed() {
    return allowed;
  }
}
