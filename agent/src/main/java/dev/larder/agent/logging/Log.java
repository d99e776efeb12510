/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.logging;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.EventConstants;
import org.slf4j.event.Level;

/**
 * Where all that the agent says goes: standard error, a file, or nowhere.
 *
 * <p>A line is written as one, so that those of two threads, or of the application, do not mix. It
 * is there before any logger is, and at each start: so it speaks of levels by their numbers, which
 * are constants and load no class.
 */
public final class Log {

  private static volatile int least = EventConstants.WARN_INT;
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
    least = level.toInt();
  }

  /** Whether lines of a level, which is given by its number, are written. */
  static boolean isOn(int level) {
    return !off && level >= least;
  }

  /** Writes a warning, for where no logger is to be set up yet. */
  public static void warn(String message) {
    if (isOn(EventConstants.WARN_INT)) {
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
