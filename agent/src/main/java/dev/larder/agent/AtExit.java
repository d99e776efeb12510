/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.slf4j.LoggerFactory;

/**
 * Runs something at the JVM's end, after the last shutdown hook of the application has ended.
 *
 * <p>Hooks run all at once, and those of an application still call its cached methods. The JVM has
 * ten places for what comes one after the other, of which all hooks together are the second. Where
 * such a place is not to be had nothing is run: the agent's threads are daemons, and end anyway.
 */
final class AtExit {

  private static final int LAST_PLACE = 9;
  private static final int FIRST_PLACE = 3; // after the deletion of files

  private AtExit() {}

  static void run(FieldAccess access, Runnable task) {
    try {
      Class<?> shutdown = Class.forName("java.lang.Shutdown");
      MethodHandle add =
          access
              .lookupIn(shutdown)
              .findStatic(
                  shutdown,
                  "add",
                  MethodType.methodType(void.class, int.class, boolean.class, Runnable.class));
      for (int place = LAST_PLACE; place >= FIRST_PLACE; place--) {
        if (isAdded(add, place, task)) {
          return;
        }
      }
    } catch (Throwable other) { // another JVM's classes
      LoggerFactory.getLogger("dev.larder")
          .debug("connections are not closed at the end of this JVM, but cut", other);
    }
  }

  private static boolean isAdded(MethodHandle add, int place, Runnable task) throws Throwable {
    try {
      add.invokeExact(place, true, task);
      return true;
    } catch (InternalError taken) {
      return false;
    }
  }
}
