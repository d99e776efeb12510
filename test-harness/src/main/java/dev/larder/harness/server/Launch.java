/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a server is started, as a process or in a container.
 *
 * @param name what it is called in messages
 * @param image the container's image
 * @param command program and arguments, the same in both
 * @param port the port it listens on, on the loopback
 * @param directory its files, which go with it; null if it has none
 * @param environment variables besides the inherited ones
 * @param ready whether it answers; asked until it does
 */
record Launch(
    String name,
    String image,
    List<String> command,
    int port,
    Path directory,
    Map<String, String> environment,
    Ready ready) {

  /** Asks a server whether it answers. */
  @FunctionalInterface
  interface Ready {
    boolean ask() throws Exception;
  }

  /** Starts it in a container where Docker runs, else as a process of this machine. */
  TestServer start() {
    return Docker.runs() ? new ContainerServer(this) : new LocalProcess(this);
  }

  /** Removes its files, once it has ended. */
  void removeFiles() {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Iterator<Path> each = files.sorted(Comparator.reverseOrder()).iterator();
          each.hasNext(); ) {
        Files.deleteIfExists(each.next());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
