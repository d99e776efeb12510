/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Lets an exception that is kept hold no class of the code that was on its stack.
 *
 * <p>The JVM notes in it the classes of all frames, and with them their class loaders, from which
 * the elements of the stack trace are made when somebody first asks. They are made now, and the
 * note is taken out.
 */
final class Backtraces {

  /**
   * {@code (Throwable)StackTraceElement[]}: has the elements made. Null where it is not to be had.
   */
  private final MethodHandle elements;

  /** {@code (Throwable,Object)void}. */
  private final MethodHandle note;

  Backtraces(FieldAccess access) {
    MethodHandle making = null;
    MethodHandle setting = null;
    try {
      MethodHandles.Lookup lookup = access.lookupIn(Throwable.class);
      making =
          lookup.findVirtual(
              Throwable.class,
              "getOurStackTrace",
              MethodType.methodType(StackTraceElement[].class));
      setting = lookup.findSetter(Throwable.class, "backtrace", Object.class);
    } catch (ReflectiveOperationException | RuntimeException another) { // JVM, or none of an agent
      LoggerFactory.getLogger("dev.larder")
          .debug("exceptions that are kept hold the classes of their stacks", another);
    }
    this.elements = setting == null ? null : making;
    this.note = setting;
  }

  /** Takes the classes out of an exception, and of what it names as causes. */
  void drop(Throwable failure) {
    if (elements != null) {
      drop(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
  }

  private void drop(Throwable failure, Set<Throwable> seen) {
    for (Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
      try {
        StackTraceElement[] made = (StackTraceElement[]) elements.invokeExact(each);
        if (made != null) {
          note.invokeExact(each, (Object) null);
        }
      } catch (Throwable impossible) { // neither runs code of anybody's
        throw new IllegalStateException(impossible);
      }
      for (Throwable suppressed : each.getSuppressed()) {
        drop(suppressed, seen);
      }
    }
  }
}
