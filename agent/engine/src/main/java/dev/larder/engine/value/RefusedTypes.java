/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.TypeNames;
import java.lang.ref.Reference;
import java.lang.reflect.Proxy;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** Classes whose instances are bound to more than their fields, so that no copy could be one. */
final class RefusedTypes {

  static final String REMEDY =
      "return a value that holds data only, or set values = share if nobody changes it";

  private static final Map<Class<?>, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(Thread.class, "is a thread");
    KINDS.put(ThreadGroup.class, "is a group of threads");
    KINDS.put(Executor.class, "is an executor");
    KINDS.put(Lock.class, "is a lock");
    KINDS.put(ReadWriteLock.class, "is a lock");
    KINDS.put(Condition.class, "is a lock's condition");
    KINDS.put(Future.class, "is a future");
    KINDS.put(CompletionStage.class, "is a future");
    KINDS.put(Iterator.class, "is an iterator");
    KINDS.put(Enumeration.class, "is an enumeration");
    KINDS.put(Spliterator.class, "is an iterator");
    KINDS.put(ClassLoader.class, "is a class loader");
    KINDS.put(Reference.class, "is a reference");
    KINDS.put(ThreadLocal.class, "is a thread-local");
    KINDS.put(Timer.class, "is a timer");
    KINDS.put(Process.class, "is a process");
    KINDS.put(AutoCloseable.class, "is a stream, a connection or something else to be closed");
  }

  private static final Set<String> FUNCTIONS =
      Set.of("kotlin.jvm.internal.Lambda", "kotlin.Lazy", "groovy.lang.Closure");

  private static final Set<String> WRITERS =
      Set.of(
          "jakarta.ws.rs.core.StreamingOutput",
          "javax.ws.rs.core.StreamingOutput",
          "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

  private static final Set<String> PROXIES =
      Set.of(
          "org.springframework.aop.framework.Advised",
          "org.springframework.cglib.proxy.Factory",
          "net.sf.cglib.proxy.Factory",
          "javassist.util.proxy.ProxyObject");

  private RefusedTypes() {}

  /** The plan of a class that is refused for its kind; null if it is not. */
  static Plan plan(Class<?> type) {
    String reason = reason(type);
    return reason == null ? null : Plan.refused(type, reason, REMEDY);
  }

  /** Of a class of the JDK's that is no value Larder knows. */
  static Plan unknown(Class<?> type) {
    return Plan.refused(
        type,
        type.getPackageName().startsWith("java.util.concurrent.")
                || type.getPackageName().equals("java.util.concurrent")
            ? "is of those that threads wait by"
            : "is a class of the JDK's that Larder does not know how to copy",
        REMEDY);
  }

  /** Of a class whose superclass is the JDK's, and keeps state that Larder does not know. */
  static Plan derived(Class<?> type, Class<?> base) {
    return Plan.refused(
        type, "extends " + base.getName() + ", whose state Larder cannot copy", REMEDY);
  }

  /** Of what JPA puts in place of something lazy, of a kind that Larder does not know. */
  static Plan lazy(Class<?> type) {
    return Plan.refused(
        type, "is lazy, and does not tell whether it is loaded", "return a value without it");
  }

  /** Of a class whose fields cannot be read or written. */
  static Plan closed(Class<?> type, Exception cause) {
    return Plan.refused(type, "does not let its fields be read and written: " + cause, REMEDY);
  }

  private static String reason(Class<?> type) {
    if (Proxy.isProxyClass(type) || TypeNames.isAmong(PROXIES, type)) {
      return "is a proxy";
    }
    if ((type.isHidden() && !type.isRecord()) || TypeNames.isAmong(FUNCTIONS, type)) {
      return "is a lambda";
    }
    if (TypeNames.isAmong(WRITERS, type)) {
      return "is code that writes an answer";
    }
    for (Map.Entry<Class<?>, String> each : KINDS.entrySet()) {
      if (each.getKey().isAssignableFrom(type)) {
        return each.getValue();
      }
    }
    return null;
  }
}
