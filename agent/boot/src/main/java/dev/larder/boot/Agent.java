/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * Where the JVM enters the agent.
 *
 * <p>Compiled for Java 8, so that an older JVM gets a sentence and not an {@code
 * UnsupportedClassVersionError}. Whatever goes wrong, the application starts.
 */
public final class Agent {

  private static final int OLDEST = 17;

  private static volatile boolean entered;

  private Agent() {}

  /** Entered before the application's {@code main}. */
  public static void premain(String options, Instrumentation instrumentation) {
    start(options, instrumentation, false);
  }

  /** Entered when the agent is attached to a running JVM, or a command asks something of it. */
  public static void agentmain(String options, Instrumentation instrumentation) {
    if (Request.isIn(options)) {
      Request.serve(options, instrumentation);
    } else {
      start(options, instrumentation, true);
    }
  }

  /** Starts, and gives what kept it from that; null for nothing. */
  static String start(String options, Instrumentation instrumentation, boolean attached) {
    try {
      int feature = feature(System.getProperty("java.specification.version"));
      if (feature < OLDEST) {
        return say(
            "needs Java "
                + OLDEST
                + " or newer and this is Java "
                + feature
                + "; the application runs uncached");
      }
      entered = true;
      // The very shape of premain itself: on 25 a call of another shape by reflection has the JVM
      // make new classes, which takes some 25 ms of a start.
      return (String)
          Isolated.invoke(
              attached ? "agentmain" : "premain",
              new Class<?>[] {String.class, Instrumentation.class},
              options,
              instrumentation);
    } catch (Throwable failure) { // nothing of ours may keep an application from starting
      Throwable cause =
          failure instanceof InvocationTargetException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return say("could not start (" + cause + "); the application runs uncached");
    }
  }

  /** Whether more of the agent than these few classes has been at work in this JVM. */
  static boolean isEntered() {
    return entered;
  }

  /** The feature release of a version: 8 of {@code 1.8}, 17 of {@code 17}. */
  static int feature(String version) {
    String number = version.startsWith("1.") ? version.substring(2) : version;
    int dot = number.indexOf('.');
    return Integer.parseInt(dot < 0 ? number : number.substring(0, dot));
  }

  private static String say(String what) {
    String line = "Larder " + what;
    System.err.println("[larder] " + line);
    return line;
  }
}
