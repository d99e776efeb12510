/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The agent's version, which the build writes beside its classes. */
final class Version {

  private static final String RESOURCE = "dev/larder/agent/version.txt";

  private Version() {}

  /** Such as {@code 0.1.0}. */
  static String text() {
    try (InputStream in = Version.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      return in == null
          ? "(unknown version)"
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "(unknown version)";
    }
  }
}
