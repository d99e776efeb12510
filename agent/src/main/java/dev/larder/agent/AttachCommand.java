/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts Larder to work in a JVM that runs already. */
@Command(
    name = "attach",
    description = "puts Larder to work in a JVM that runs already",
    footer = {
      "",
      "Relative paths in OPTIONS begin at the working directory of that JVM. It needs",
      "the same user as the JVM, and a JDK to run the command: the attach API is not",
      "in a JRE."
    },
    sortOptions = false)
final class AttachCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PID", description = "the JVM's process id, as of jps")
  private long pid;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OPTIONS",
      defaultValue = "",
      description = "what else would follow -javaagent:larder-agent.jar=")
  private String options;

  @Override
  public Integer call() {
    RunningJvm.Answer answer = new RunningJvm(pid).ask("attach", options);
    if (answer.done()) {
      System.out.println("Larder " + Version.text() + " is at work in " + pid);
      return CommandLine.OK;
    }
    return answer.complain();
  }
}
