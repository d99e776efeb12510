/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java home in which end-to-end tests fork their applications.
 *
 * @param feature the feature release, such as 17
 * @param home the directory that has {@code bin/java}
 */
record Jdk(int feature, Path home) {

  /** The one that runs the tests, and 25 where the environment or the usual place has it. */
  static Stream<Jdk> all() {
    List<Jdk> all = new ArrayList<>();
    all.add(running());
    if (running().feature() != 25) {
      Path newest = home25();
      if (newest == null) {
        System.out.println(
            "not run on 25: LARDER_JAVA_25 names no Java home, and /usr/lib/jvm has none");
      } else {
        all.add(new Jdk(25, newest));
      }
    }
    return all.stream();
  }

  static Jdk running() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  private static Path home25() {
    String named = System.getenv("LARDER_JAVA_25");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    File[] homes = new File("/usr/lib/jvm").listFiles();
    if (homes != null) {
      for (File home : homes) {
        Path java = home.toPath().resolve("bin/java");
        if (home.getName().contains("25") && Files.isExecutable(java)) {
          return home.toPath();
        }
      }
    }
    return null;
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  @Override
  public String toString() {
    return "on " + feature;
  }
}
