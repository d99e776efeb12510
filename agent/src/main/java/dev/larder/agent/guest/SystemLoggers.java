/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.guest;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.LoggerFactory;

/** In place of {@code System.getLogger}, which would set up the application's log manager early. */
public final class SystemLoggers {

  private SystemLoggers() {}

  /** A logger that writes to the agent's log. */
  public static System.Logger getLogger(String name) {
    return new ToSlf4j(name);
  }

  private static final class ToSlf4j implements System.Logger {
    private final org.slf4j.Logger target;

    ToSlf4j(String name) {
      this.target = LoggerFactory.getLogger(name);
    }

    @Override
    public String getName() {
      return target.getName();
    }

    @Override
    public boolean isLoggable(System.Logger.Level level) {
      return level != System.Logger.Level.OFF && target.isEnabledForLevel(of(level));
    }

    @Override
    public void log(
        System.Logger.Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (isLoggable(level)) {
        target.atLevel(of(level)).setCause(thrown).log(message);
      }
    }

    @Override
    public void log(
        System.Logger.Level level, ResourceBundle bundle, String format, Object... values) {
      if (isLoggable(level)) {
        target.atLevel(of(level)).log(MessageFormat.format(format, values));
      }
    }

    private static org.slf4j.event.Level of(System.Logger.Level level) {
      return switch (level) {
        case ERROR -> org.slf4j.event.Level.ERROR;
        case WARNING -> org.slf4j.event.Level.WARN;
        case INFO -> org.slf4j.event.Level.INFO;
        case DEBUG -> org.slf4j.event.Level.DEBUG;
        default -> org.slf4j.event.Level.TRACE;
      };
    }
  }
}
