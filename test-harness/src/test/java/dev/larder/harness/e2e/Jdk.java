/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Java home in which end-to-end tests fork their applications.
 *
 * @param feature the feature release, such as 17
 * @param home the directory that has {@code bin/java}
 */
record Jdk(int feature, Path home) {

  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

  /** The one that runs the tests, and 25 where the environment or the usual place has it. */
  static Stream<Jdk> all() {
    Jdk running = new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    if (running.feature() == 25) {
      return Stream.of(running);
    }
    List<Jdk> newest = found().stream().filter(jdk -> jdk.feature() == 25).limit(1).toList();
    if (newest.isEmpty()) {
      System.out.println(
          "not run on 25: LARDER_JAVA_25 names no Java home, and " + USUAL_PLACE + " has none");
    }
    return Stream.concat(Stream.of(running), newest.stream());
  }

  /** Those of {@link #all} that have {@code -XX:AOTCacheOutput}. */
  static Stream<Jdk> withAotCache() {
    return all().filter(jdk -> jdk.feature() >= 25);
  }

  /** Those of {@link #all} that have a security manager. */
  static Stream<Jdk> withSecurityManager() {
    return all().filter(jdk -> jdk.feature() < 24);
  }

  /** Those on which a monitor pins no virtual thread. */
  static Stream<Jdk> withoutPinningMonitors() {
    return all().filter(jdk -> jdk.feature() >= 24);
  }

  /** Each feature release below the one given that is here, once. */
  static List<Jdk> olderThan(int feature) {
    Map<Integer, Jdk> older = new TreeMap<>();
    for (Jdk jdk : found()) {
      if (jdk.feature() < feature) {
        older.putIfAbsent(jdk.feature(), jdk);
      }
    }
    return List.copyOf(older.values());
  }

  /** What the variables {@code LARDER_JAVA_*} name, then what is in the usual place. */
  private static List<Jdk> found() {
    List<Path> homes = new ArrayList<>();
    for (String variable : List.of("LARDER_JAVA_25", "LARDER_JAVA_11", "LARDER_JAVA_8")) {
      String named = System.getenv(variable);
      if (named != null && !named.isEmpty()) {
        homes.add(Path.of(named));
      }
    }
    if (Files.isDirectory(USUAL_PLACE)) {
      try (Stream<Path> all = Files.list(USUAL_PLACE)) {
        all.sorted().forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    List<Jdk> found = new ArrayList<>();
    for (Path home : homes) {
      int feature = featureOf(home);
      if (feature > 0) {
        found.add(new Jdk(feature, home));
      }
    }
    return found;
  }

  /** What a Java home's file {@code release} says it is; 0 where there is no Java. */
  private static int featureOf(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isRegularFile(release)) {
      return 0;
    }
    Properties about = new Properties();
    try (Reader in = Files.newBufferedReader(release)) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = about.getProperty("JAVA_VERSION", "0").replace("\"", "");
    String[] numbers = version.split("[._-]", -1);
    return Integer.parseInt(numbers[0].equals("1") ? numbers[1] : numbers[0]);
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  @Override
  public String toString() {
    return "on " + feature;
  }
}
