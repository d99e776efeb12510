/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** What the build left: the very jars that users get. */
final class Artifacts {

  private Artifacts() {}

  static Path agent() {
    return jar("larder.agent.jar");
  }

  static Path api() {
    return jar("larder.api.jar");
  }

  /** What third parties compile against. */
  static Path spi() {
    return jar("larder.spi.jar");
  }

  /** The sample application, ready to run. */
  static Path sample() {
    return jar("larder.sample.jar");
  }

  private static Path jar(String property) {
    String path = System.getProperty(property);
    assertThat(path).as("system property %s, set by the build", property).isNotNull();
    assertThat(Path.of(path)).isRegularFile();
    return Path.of(path).toAbsolutePath().normalize();
  }
}
