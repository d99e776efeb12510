/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
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

  private static final String RESOURCE = "java/lang/LarderDispatcher.class";

  private Dispatcher() {}

  /**
   * Defines the class and installs this agent in it.
   *
   * @return null, or what stands in the way
   */
  static String install(
      Instrumentation instrumentation,
      BiFunction<String, Object[], Object> facade,
      BiFunction<String, Object[], Object> linker) {
    try {
      return (boolean)
              define(instrumentation)
                  .getMethod("install", BiFunction.class, BiFunction.class)
                  .invoke(null, facade, linker)
          ? null
          : "another agent of Larder is at work in this JVM";
    } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException failure) {
      return "the dispatcher cannot be defined (" + failure + ")";
    }
  }

  private static Class<?> define(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    try {
      return Class.forName("java.lang.LarderDispatcher", true, null);
    } catch (ClassNotFoundException first) {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(),
          Map.of("java.lang", Set.of(Dispatcher.class.getModule())),
          Set.of(),
          Map.of());
      return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
          .defineClass(bytes());
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
