/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a caller goes with a body that runs in the background: what Micrometer's context
 * propagation carries, where the application has it.
 *
 * <p>Its library is found by name, through the class loader of the target, and belongs to that
 * target: whoever holds one of these holds classes of that loader.
 */
final class CallerContext {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private static final String PACKAGE = "io.micrometer.context.";

  /** Where the application has no such library. */
  private static final CallerContext NONE = new CallerContext(null, null, null);

  /** {@code ()Object}: a snapshot of the current thread. */
  private final MethodHandle capture;

  /** {@code (Object)Object}: from a snapshot to its scope on the current thread. */
  private final MethodHandle open;

  /** {@code (Object)void}. */
  private final MethodHandle close;

  private CallerContext(MethodHandle capture, MethodHandle open, MethodHandle close) {
    this.capture = capture;
    this.open = open;
    this.close = close;
  }

  /** The library that a class loader gives to its classes; null for the bootstrap loader. */
  static CallerContext of(ClassLoader loader) {
    try {
      Class<?> snapshot = Class.forName(PACKAGE + "ContextSnapshot", true, loader);
      Class<?> scope = Class.forName(PACKAGE + "ContextSnapshot$Scope", true, loader);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle open =
          lookup.findVirtual(snapshot, "setThreadLocals", MethodType.methodType(scope));
      MethodHandle close = lookup.findVirtual(scope, "close", MethodType.methodType(void.class));
      return new CallerContext(
          capture(snapshot, loader).asType(MethodType.methodType(Object.class)),
          open.asType(MethodType.methodType(Object.class, Object.class)),
          close.asType(MethodType.methodType(void.class, Object.class)));
    } catch (ClassNotFoundException absent) {
      return NONE;
    } catch (Throwable unknown) { // of its static initialisers as well
      LOG.debug("background runs go without Micrometer's context: it is of no known kind", unknown);
      return NONE;
    }
  }

  /** By a factory since 1.0.3, which captures as the application has set it up; else directly. */
  private static MethodHandle capture(Class<?> snapshot, ClassLoader loader) throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType captureAll = MethodType.methodType(snapshot, Object[].class);
    MethodHandle capture;
    try {
      Class<?> factory = Class.forName(PACKAGE + "ContextSnapshotFactory", true, loader);
      Class<?> builder = Class.forName(PACKAGE + "ContextSnapshotFactory$Builder", true, loader);
      Object begun = lookup.findStatic(factory, "builder", MethodType.methodType(builder)).invoke();
      Object made =
          lookup.findVirtual(builder, "build", MethodType.methodType(factory)).invoke(begun);
      capture = lookup.findVirtual(factory, "captureAll", captureAll).bindTo(made);
    } catch (ClassNotFoundException older) {
      capture = lookup.findStatic(snapshot, "captureAll", captureAll);
    }
    return MethodHandles.insertArguments(capture.asFixedArity(), 0, (Object) new Object[0]);
  }

  /** The same task, with what the current thread carries now; run once, on another thread. */
  Runnable around(Runnable task) {
    if (capture == null) {
      return task;
    }
    Object snapshot;
    try {
      snapshot = (Object) capture.invokeExact();
    } catch (Throwable failure) {
      tell(failure);
      return task;
    }
    return () -> {
      Object scope = open(snapshot);
      try {
        task.run();
      } finally {
        close(scope);
      }
    };
  }

  private Object open(Object snapshot) {
    try {
      return (Object) open.invokeExact(snapshot);
    } catch (Throwable failure) {
      tell(failure);
      return null;
    }
  }

  private void close(Object scope) {
    if (scope != null) {
      try {
        close.invokeExact(scope);
      } catch (Throwable failure) {
        tell(failure);
      }
    }
  }

  /** The application's accessors run in here: what they throw is theirs, and the run goes on. */
  private static void tell(Throwable failure) {
    LOG.debug("a background run goes without part of Micrometer's context", failure);
  }
}
