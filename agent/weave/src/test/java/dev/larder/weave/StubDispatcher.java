/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Links the call sites of woven classes in tests, in the dispatcher's place: notes what they are
 * asked and answers as the test wants it.
 *
 * <p>A ticket is a test's own {@link Answers}. Whoever asks outside of {@link #during} gets nothing
 * for an answer, as where no agent is at work.
 */
public final class StubDispatcher {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();
  private static final ThreadLocal<Answers> CURRENT = new ThreadLocal<>();

  /** What call sites are answered, and what they have asked. */
  static class Answers {
    final List<String> asked = new ArrayList<>();
    final List<Object> arguments = new ArrayList<>();
    Object result;
    Throwable failure;

    /** Gives the kept value; null to go on. */
    Object hit() {
      return null;
    }

    /** Whether there is a ticket at all. */
    boolean givesTicket() {
      return true;
    }

    boolean answered() {
      return false;
    }

    Object answer() {
      return null;
    }

    /** What the caller is to get in place of a body's result. */
    Object exit(Object given) {
      return given;
    }

    /** What the caller is to get in place of a failure. */
    Object fail(Throwable thrown) throws Throwable {
      throw thrown;
    }
  }

  private StubDispatcher() {}

  /** Runs a call with its sites answered like that. */
  static <T> T during(Answers answers, Callable<T> call) throws Exception {
    CURRENT.set(answers);
    try {
      return call.call();
    } finally {
      CURRENT.remove();
    }
  }

  /** The bootstrap method of woven classes in tests. */
  public static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, Object... constants)
      throws ReflectiveOperationException {
    MethodHandle asked =
        HERE.findStatic(
            StubDispatcher.class,
            "ask",
            MethodType.methodType(Object.class, String.class, Object[].class));
    return new ConstantCallSite(
        asked
            .bindTo(name)
            .asCollector(Object[].class, type.parameterCount())
            .asType(type.changeReturnType(Object.class))
            .asType(type));
  }

  static Object ask(String name, Object[] arguments) throws Throwable {
    boolean asksForATicket = name.equals(Bootstrap.HIT) || name.equals(Bootstrap.MISS);
    Answers answers = asksForATicket ? CURRENT.get() : (Answers) arguments[arguments.length - 1];
    if (answers == null) {
      return unanswered(name, arguments);
    }
    answers.asked.add(name);
    switch (name) {
      case Bootstrap.HIT -> {
        answers.arguments.clear();
        answers.arguments.addAll(Arrays.asList(arguments));
        return answers.hit();
      }
      case Bootstrap.MISS -> {
        answers.arguments.clear();
        answers.arguments.addAll(Arrays.asList(arguments));
        return answers.givesTicket() ? answers : null;
      }
      case Bootstrap.ANSWERED -> {
        return answers.answered();
      }
      case Bootstrap.ANSWER -> {
        return answers.answer();
      }
      case Bootstrap.EXIT -> {
        answers.result = arguments.length == 2 ? arguments[0] : null;
        return answers.exit(answers.result);
      }
      case Bootstrap.FAIL -> {
        answers.failure = (Throwable) arguments[0];
        return answers.fail(answers.failure);
      }
      default -> throw new AssertionError("no call site is named " + name);
    }
  }

  private static Object unanswered(String name, Object[] arguments) throws Throwable {
    return switch (name) {
      case Bootstrap.ANSWERED -> false;
      case Bootstrap.EXIT -> arguments[0];
      case Bootstrap.FAIL -> throw (Throwable) arguments[0];
      default -> null;
    };
  }
}
