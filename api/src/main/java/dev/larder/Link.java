/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The way from this jar, of which an application may hold several copies in several class loaders,
 * to the one agent of the JVM: a class that the agent defines beside {@link Object}. It is looked
 * for until it is found, since an agent may be attached to a running JVM.
 */
final class Link {

  private static volatile Method agent;

  private Link() {}

  /** What the agent answers; null without an agent. Never throws. */
  static Object call(String request, Object... arguments) {
    Method found = agent();
    if (found == null) {
      return null;
    }
    try {
      return found.invoke(null, request, arguments);
    } catch (IllegalAccessException | InvocationTargetException unanswered) {
      return null; // the agent answers no error, and an application must not see one of its making
    }
  }

  static long count(String request, Object... arguments) {
    Object answer = call(request, arguments);
    return answer instanceof Long ? (Long) answer : 0L;
  }

  private static Method agent() {
    Method found = agent;
    if (found == null) {
      try {
        found = dispatcher().getMethod("call", String.class, Object[].class);
        agent = found;
      } catch (ClassNotFoundException | NoSuchMethodException noAgent) {
        return null;
      }
    }
    return found;
  }

  private static Class<?> dispatcher() throws ClassNotFoundException {
    String name = "java.lang.LarderDispatcher";
    try {
      return Class.forName(name, true, null); // the quickest where it is not there
    } catch (SecurityException refused) { // by a security manager, of which no more is asked then
      return Class.forName(name);
    }
  }
}
