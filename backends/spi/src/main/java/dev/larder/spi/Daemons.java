/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes threads that hold nothing of the thread that had them made.
 *
 * <p>Ours are started by whichever call comes first, deep inside an application, and outlive it. A
 * thread inherits its maker's context class loader, its inheritable thread-locals and, up to Java
 * 23, its access control context, in which stand the class loaders of all that was on the stack.
 * Each of them keeps an undeployed application from being collected. So a backend makes its threads
 * here as well, and gives this to the pools of its client's library.
 */
public final class Daemons {

  private Daemons() {}

  /**
   * A daemon thread that has not been started.
   *
   * @param stackSize in bytes; 0 for what the JVM takes by itself
   */
  @SuppressWarnings("removal") // on Java 17 nothing else cuts a thread off from its maker's stack
  public static Thread thread(String name, Runnable run, long stackSize) {
    Thread thread =
        AccessController.doPrivileged(
            (PrivilegedAction<Thread>) () -> new Thread(null, run, name, stackSize, false));
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /**
   * A daemon thread that has not been started, for a library that looks for its own by the context
   * class loader.
   *
   * @param library a class of that library, or one beside it
   */
  public static Thread threadOf(Class<?> library, String name, Runnable run) {
    Thread thread = thread(name, run, 0);
    thread.setContextClassLoader(library.getClassLoader());
    return thread;
  }
}
