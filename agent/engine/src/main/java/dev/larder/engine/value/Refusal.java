/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** Says why a value cannot be copied; its path grows as it comes up from where the reason lies. */
final class Refusal extends Exception {

  /** A path is told whole up to so many characters: what is nested deep may have a longer one. */
  private static final int LONGEST_PATH = 200;

  private static final long serialVersionUID = 1L;

  final String type;
  final String reason;
  final String remedy;
  private String path = "";

  Refusal(Class<?> type, String reason, String remedy) {
    super(reason, null, false, false);
    this.type = type.getTypeName();
    this.reason = reason;
    this.remedy = remedy;
  }

  /** The same refusal, of what holds this value under that name. */
  Refusal under(String step) {
    path = step + path;
    return this;
  }

  UncacheableValue of(String root) {
    return new UncacheableValue(type, root + shortened(), reason, remedy);
  }

  private String shortened() {
    int half = LONGEST_PATH / 2;
    return path.length() <= LONGEST_PATH
        ? path
        : path.substring(0, half) + "…" + path.substring(path.length() - half);
  }
}
