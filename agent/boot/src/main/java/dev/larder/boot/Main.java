/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.lang.reflect.InvocationTargetException;

/** Where {@code java -jar larder-agent.jar} enters. */
public final class Main {

  private Main() {}

  /** Runs a command; its exit code is the process's. */
  public static void main(String[] arguments) throws Throwable {
    try {
      Isolated.invoke("main", new Class<?>[] {String[].class}, (Object) arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
