/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one application, which a test sets while it runs. The clock that nobody sets
 * goes on, and so do all waits by it.
 *
 * <p>It is the library libfaketime, loaded before the JVM's own: what the JVM asks the system for
 * the time by cannot be replaced from within, as it is compiled into the code that asks.
 */
final class FakeClock {

  /** Where Debian's package {@code libfaketime} puts it, for each machine; then other systems. */
  private static final String FILE = "libfaketime.so.1";

  private static final List<Path> PLACES = List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"));

  private final Path file;
  private final Path next;

  private FakeClock(Path directory) {
    this.file = directory.resolve("clock");
    this.next = directory.resolve("clock-next");
  }

  /** Where the library is; empty where it is not, and a line says so. */
  static Optional<Path> find() {
    for (Path place : PLACES) {
      for (Path folder : folders(place)) {
        Path library = folder.resolve("faketime").resolve(FILE);
        if (Files.isRegularFile(library)) {
          return Optional.of(library);
        }
      }
    }
    System.out.println("no clock is set: " + FILE + " is missing (Debian's package libfaketime)");
    return Optional.empty();
  }

  private static List<Path> folders(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> below = Files.list(place)) {
      return Stream.concat(Stream.of(place), below.filter(Files::isDirectory).sorted()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives an application a clock of its own, which is right to begin with. */
  static FakeClock of(App app, Path library) {
    FakeClock clock = new FakeClock(app.directory());
    clock.set(Duration.ZERO);
    app.environment("LD_PRELOAD", library.toString())
        .environment("FAKETIME_TIMESTAMP_FILE", clock.file.toString())
        .environment("FAKETIME_NO_CACHE", "1")
        .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        // Else it would take a JVM's waits by the clock that nobody sets for waits by this one
        .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return clock;
  }

  /** Has it be that much ahead of the machine's from now on; behind, where that is negative. */
  void set(Duration ahead) {
    try {
      Files.writeString(next, (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
