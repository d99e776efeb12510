/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.logging;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.Level;

/**
 * Where all that the agent says goes: standard error, a file, or nowhere.
 *
 * <p>A line is written as one, so that those of two threads, or of the application, do not mix.
 */
public final class Log {

  private static volatile Level least = Level.WARN;
  private static volatile PrintStream out;
  private static volatile boolean off;

  private Log() {}

  /**
   * Says where the lines go from now on.
   *
   * @param destination {@code stderr}, {@code off}, or a path
   * @throws IOException if the file cannot be opened; the lines go where they went before
   */
  public static void to(String destination) throws IOException {
    switch (destination) {
      case "stderr" -> {
        out = null;
        off = false;
      }
      case "off" -> off = true;
      default -> {
        out =
            new PrintStream(new FileOutputStream(destination, true), true, StandardCharsets.UTF_8);
        off = false;
      }
    }
  }

  /** Says from which level on lines are written. */
  public static void level(Level level) {
    least = level;
  }

  static boolean isOn(Level level) {
    return !off && level.toInt() >= least.toInt();
  }

  static void write(Level level, String message, Throwable thrown) {
    StringWriter text = new StringWriter();
    text.append(level.name()).append(' ').append(message);
    if (thrown != null) {
      text.append(System.lineSeparator());
      thrown.printStackTrace(new PrintWriter(text, true));
    }
    say(text.toString().stripTrailing());
  }

  /** Writes a warning, for where no logger is to be set up yet. */
  public static void warn(String message) {
    if (isOn(Level.WARN)) {
      say("WARN " + message);
    }
  }

  /** Writes a line whatever the level. */
  public static void say(String line) {
    if (!off) {
      PrintStream destination = out;
      (destination == null ? System.err : destination).println("[larder] " + line);
    }
  }
}
