/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BiFunction;

/**
 * The one class of Larder that every class of the JVM can see.
 *
 * <p>The agent defines it beside {@link Object}, since every class loader, an OSGi bundle's and an
 * application server's too, asks the bootstrap loader for {@code java.*}. It knows nothing: it
 * hands call sites of woven code, and questions of the facade, to whoever has installed itself, and
 * answers neutrally where that fails or is missing.
 */
public final class LarderDispatcher {

  private static volatile BiFunction<String, Object[], Object> facade;
  private static volatile BiFunction<String, Object[], Object> linker;

  private LarderDispatcher() {}

  /**
   * Installs an agent, once for the life of the JVM.
   *
   * @param answers the facade's questions
   * @param links call sites: of a name and of the lookup, the type and the constants a {@code
   *     CallSite}
   * @return false if another agent has done so before
   */
  public static synchronized boolean install(
      BiFunction<String, Object[], Object> answers, BiFunction<String, Object[], Object> links) {
    if (facade != null) {
      return false;
    }
    linker = links;
    facade = answers;
    return true;
  }

  /** The answer to a question of the facade; null where there is none. Never throws. */
  public static Object call(String request, Object[] arguments) {
    BiFunction<String, Object[], Object> answers = facade;
    if (answers == null) {
      return null;
    }
    try {
      return answers.apply(request, arguments);
    } catch (Throwable failure) { // the agent logs its own; the application is not to see it
      return null;
    }
  }

  /** The bootstrap method of all woven code. */
  public static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, Object... constants) {
    BiFunction<String, Object[], Object> links = linker;
    if (links != null) {
      try {
        return (CallSite) links.apply(name, new Object[] {caller, type, constants});
      } catch (Throwable failure) { // a site that cannot be linked lets the body run
        return neutral(name, type);
      }
    }
    return neutral(name, type);
  }

  /**
   * A call site that is as if Larder were not there: what ends a body hands on its result or its
   * failure, and every question is answered with nothing.
   */
  private static CallSite neutral(String name, MethodType type) {
    MethodHandle handle;
    if (name.equals("exit") && type.returnType() != void.class) {
      handle =
          MethodHandles.dropArguments(
              MethodHandles.identity(type.returnType()), 1, type.parameterType(1));
    } else if (name.equals("fail")) {
      handle =
          MethodHandles.dropArguments(
              MethodHandles.throwException(type.returnType(), Throwable.class),
              1,
              type.parameterType(1));
    } else {
      handle = MethodHandles.empty(type);
    }
    return new ConstantCallSite(handle);
  }
}
