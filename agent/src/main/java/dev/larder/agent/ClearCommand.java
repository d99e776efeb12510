/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Clears a cache, or all, by way of a running JVM. */
@Command(
    name = "clear",
    description = "removes all entries of a running JVM's cache, with its backend too",
    footer = {
      "",
      "Without CACHE: all that Larder has stored under that JVM's prefix, and nothing",
      "else."
    },
    sortOptions = false)
final class ClearCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PID", description = "the JVM's process id, as of jps")
  private long pid;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CACHE",
      description = "one cache or path rule alone")
  private String cache;

  @Override
  public Integer call() {
    RunningJvm jvm = new RunningJvm(pid);
    return (cache == null ? jvm.ask("clearAll") : jvm.ask("clear", cache)).reportRemoved();
  }
}
