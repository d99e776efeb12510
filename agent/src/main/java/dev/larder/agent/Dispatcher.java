/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Defines {@code java.lang.LarderDispatcher}, the one class that all others see.
 *
 * <p>Through a lookup that the opened module grants, and not by appending to the bootstrap class
 * path, which would switch off class-data sharing for the application's classes.
 */
final class Dispatcher {

  private static final String RESOURCE = "dispatcher.classdata";

  private Dispatcher() {}

  /**
   * Defines the class and installs this agent in it.
   *
   * @return false if another agent is installed already
   */
  static boolean install(
      Instrumentation instrumentation,
      BiFunction<String, Object[], Object> facade,
      BiFunction<String, Object[], Object> linker)
      throws IOException, ReflectiveOperationException {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(Dispatcher.class.getModule())),
        Set.of(),
        Map.of());
    Class<?> dispatcher =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes());
    try {
      return (boolean)
          dispatcher
              .getMethod("install", BiFunction.class, BiFunction.class)
              .invoke(null, facade, linker);
    } catch (InvocationTargetException failure) {
      throw new IllegalStateException("the dispatcher could not be installed", failure.getCause());
    }
  }

  private static byte[] bytes() throws IOException {
    try (InputStream in = Dispatcher.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(
            RESOURCE + " is missing in the agent's jar; take it from a fresh build");
      }
      return in.readAllBytes();
    }
  }
}
