/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.guest;

import java.util.Map;

/**
 * In place of the JVM's system properties: what an application sets for its own copy of a library
 * must not steer ours. What describes the JVM and the machine comes through.
 */
public final class SystemProperties {

  /** From when on the JVM warns of memory that is reached by {@code sun.misc.Unsafe} (JEP 498). */
  private static final int WARNS_OF_UNSAFE = 24;

  /** What the agent itself asks of the libraries that it carries. */
  private static final Map<String, String> OURS =
      Map.of(
          "slf4j.provider", "dev.larder.agent.logging.LogProvider",
          "slf4j.internal.verbosity", "ERROR",
          "net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger",
          "io.netty.transport.noNative", "true",
          // It takes a stack trace for one buffer in a hundred, for whoever writes a handler.
          "io.netty.leakDetection.level", "DISABLED",
          // Its events would show among the application's, and cost its start their classes.
          "io.lettuce.core.jfr", "false",
          "io.netty.noUnsafe", String.valueOf(Runtime.version().feature() >= WARNS_OF_UNSAFE));

  private static final String[] OF_THE_JVM = {
    "java.", "os.", "user.", "file.", "line.", "path.", "sun.", "jdk.", "javax.net.", "native."
  };

  private SystemProperties() {}

  /** The agent's value of a property, or the JVM's own; else null. */
  public static String getProperty(String key) {
    String ours = OURS.get(key);
    if (ours != null) {
      return ours;
    }
    for (String start : OF_THE_JVM) {
      if (key.startsWith(start)) {
        return System.getProperty(key);
      }
    }
    return null;
  }

  /** The same with a default. */
  public static String getProperty(String key, String otherwise) {
    String value = getProperty(key);
    return value == null ? otherwise : value;
  }

  /** As {@link Boolean#getBoolean}. */
  public static boolean getBoolean(String key) {
    return Boolean.parseBoolean(getProperty(key));
  }

  /** As {@link Integer#getInteger(String)}. */
  public static Integer getInteger(String key) {
    String value = getProperty(key);
    try {
      return value == null ? null : Integer.decode(value);
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** As {@link Integer#getInteger(String, int)}. */
  public static Integer getInteger(String key, int otherwise) {
    Integer value = getInteger(key);
    return value == null ? (Integer) otherwise : value;
  }

  /** As {@link Long#getLong(String, long)}. */
  public static Long getLong(String key, long otherwise) {
    String value = getProperty(key);
    try {
      return value == null ? (Long) otherwise : Long.decode(value);
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }
}
