/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The shape of each class, found when a value of it first comes.
 *
 * <p>A shape is kept in its class, by {@link ClassValue}, and knows no other class of the
 * application but its superclasses: nothing here holds a class loader.
 */
final class Shapes {

  /**
   * What stands for work, a place or a connection: it may have an {@code equals}, yet it is no
   * value.
   */
  private static final Set<String> NO_VALUES =
      Set.of(
          "java.lang.ClassLoader",
          "java.lang.Process",
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.ThreadLocal",
          "java.lang.invoke.CallSite",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.VarHandle",
          "java.lang.ref.Reference",
          "java.net.DatagramSocket",
          "java.net.ServerSocket",
          "java.net.Socket",
          "java.nio.channels.Channel",
          "java.nio.channels.Selector",
          "java.sql.Wrapper",
          "java.util.Enumeration",
          "java.util.Iterator",
          "java.util.Spliterator",
          "java.util.Timer",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Executor",
          "java.util.concurrent.Future",
          "java.util.concurrent.locks.Condition",
          "java.util.concurrent.locks.Lock",
          "java.util.stream.BaseStream",
          "kotlin.Function",
          "org.reactivestreams.Publisher");

  private final FieldAccess access;

  /** Whether they are of what methods return, and not of their arguments. */
  private final boolean ofResults;

  private final ClassValue<Shape> shapes =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          try {
            return find(type);
          } catch (IllegalAccessException e) {
            return Shape.refused("has no value: " + e.getMessage());
          } catch (LinkageError | RuntimeException e) {
            return Shape.refused("has no value: its class " + type.getName() + " fails with " + e);
          }
        }
      };

  Shapes(FieldAccess access) {
    this(access, false);
  }

  /**
   * The shapes of arguments or of results.
   *
   * <p>A result of the application's own classes counts by its fields, whatever these are meant as,
   * and nothing of the application's code is run for it: of its collections only those of the JDK
   * and of JPA are iterated, once they are loaded.
   */
  Shapes(FieldAccess access, boolean ofResults) {
    this.access = access;
    this.ofResults = ofResults;
  }

  Shape of(Class<?> type) {
    return shapes.get(type);
  }

  private Shape find(Class<?> type) throws IllegalAccessException {
    if (Atoms.has(type)) {
      return Shape.atom();
    }
    if (type.isArray()) {
      return Holders.array(type);
    }
    if (type.isHidden() || (type.isSynthetic() && type.getName().contains("$$Lambda"))) {
      return Shape.refused("is a lambda, which has no value");
    }
    if (Proxy.class.isAssignableFrom(type)) {
      return Shape.refused("is a proxy, which has no value");
    }
    if (Enum.class.isAssignableFrom(type)) {
      return new EnumShape();
    }
    if (CarrierTypes.isCarrier(type)) {
      return Shape.refused("is a " + type.getName() + ", which carries a call and has no value");
    }
    String noValue = TypeNames.among(NO_VALUES, type);
    if (noValue != null) {
      return Shape.refused("is a " + noValue + ", which has no value");
    }
    Shape known = JdkShapes.isJdk(type) ? JdkShapes.find(type) : null;
    if (known != null) {
      return known;
    }
    if (ofResults && Throwable.class.isAssignableFrom(type)) {
      return Shape.refused("is an exception, which is not compared");
    }
    boolean holds = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    if (holds && ofResults && !JdkShapes.isJdk(type) && LazyTypes.stateField(type) == null) {
      return ObjectShape.ofHolder(type, access);
    }
    if (holds) {
      return LazyTypes.guard(type, Holders.of(type), access);
    }
    if (LazyTypes.isProxy(type)) {
      return LazyTypes.proxy(type, access);
    }
    return ObjectShape.of(type, access, ofResults && !JdkShapes.isJdk(type));
  }
}
