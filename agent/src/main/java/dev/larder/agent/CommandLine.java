/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.io.PrintStream;

/** The commands of {@code java -jar larder-agent.jar}. */
final class CommandLine {

  private static final int OK = 0;
  private static final int USAGE = 2;

  private CommandLine() {}

  /** Runs a command and returns the process's exit code. */
  static int run(String[] arguments) {
    String command = arguments.length == 0 ? "help" : arguments[0];
    return switch (command) {
      case "version", "--version", "-V" -> {
        System.out.println("Larder " + Version.text());
        yield OK;
      }
      case "help", "--help", "-h" -> {
        usage(System.out);
        yield arguments.length == 0 ? USAGE : OK;
      }
      default -> {
        System.err.println("There is no command '" + command + "'.");
        usage(System.err);
        yield USAGE;
      }
    };
  }

  private static void usage(PrintStream out) {
    out.println("Larder caches what methods return and what servlets answer.");
    out.println();
    out.println("  java -javaagent:larder-agent.jar[=OPTIONS] ...   runs an application with it");
    out.println("  java -jar larder-agent.jar version               prints the version");
    out.println("  java -jar larder-agent.jar help                  prints this");
    out.println();
    out.println("OPTIONS: the path of a properties file, or key=value;key=value, or both as");
    out.println("config=PATH;key=value. Without: LARDER_CONFIG, else ./larder.properties.");
  }
}
