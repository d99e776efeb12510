/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** Says that a value cannot be kept, where in it the reason lies, and what to do. */
public final class UncacheableValue extends Exception {

  private static final long serialVersionUID = 1L;

  private final String type;
  private final String path;
  private final String reason;
  private final String remedy;

  /**
   * Says it.
   *
   * @param type the name of the class that is the reason
   * @param path where it lies, from {@code result} on: {@code result.lines[0].lock}
   * @param reason why it hinders, as the rest of a sentence about the class
   * @param remedy what the user can do, as a sentence without its full stop
   */
  public UncacheableValue(String type, String path, String reason, String remedy) {
    super(path + " (" + type + ") " + reason + "; " + remedy, null, false, false);
    this.type = type;
    this.path = path;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** The name of the class that is the reason. */
  public String type() {
    return type;
  }

  /** Where it lies in the value, which is called {@code result}. */
  public String path() {
    return path;
  }

  /** Why it hinders, as the rest of a sentence about the class. */
  public String reason() {
    return reason;
  }

  /** What the user can do. */
  public String remedy() {
    return remedy;
  }
}
