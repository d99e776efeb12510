/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.Objects;

/** A text that is printed nowhere. */
public final class Secret {

  private final String value;

  Secret(String value) {
    this.value = value;
  }

  /** The text itself; not for messages. */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  /** Says nothing of the text, not even its length. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
