/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Set;

/**
 * What Hibernate and EclipseLink put in place of values that are not loaded yet, known by name.
 *
 * <p>Whether it is loaded is read from fields: to ask would load it.
 */
final class LazyTypes {

  private static final Set<String> PROXIES =
      Set.of("org.hibernate.proxy.HibernateProxy", "javassist.util.proxy.ProxyObject");
  private static final Set<String> COLLECTIONS =
      Set.of(
          "org.hibernate.collection.spi.PersistentCollection",
          "org.hibernate.collection.PersistentCollection");
  private static final Set<String> INDIRECT =
      Set.of("org.eclipse.persistence.indirection.IndirectContainer");
  private static final String UNLOADED =
      "org.hibernate.bytecode.enhance.spi.interceptor.EnhancementAsProxyLazinessInterceptor";
  private static final String NOT_LOADED = "is lazy and has not been loaded";

  private LazyTypes() {}

  static boolean isProxy(Class<?> type) {
    return TypeNames.among(PROXIES, type) != null;
  }

  /** A proxy that has been loaded counts as what it stands for. */
  static Shape proxy(Class<?> type, FieldAccess access) throws IllegalAccessException {
    FieldReader field = FieldReader.find(type, "$$_hibernate_interceptor", access);
    FieldReader interceptor = field != null ? field : FieldReader.find(type, "handler", access);
    if (interceptor == null) {
      return Shape.refused("is a lazy proxy that does not tell whether it is loaded");
    }
    ClassValue<FieldReader[]> state =
        new ClassValue<>() {
          @Override
          protected FieldReader[] computeValue(Class<?> loader) {
            try {
              return new FieldReader[] {
                FieldReader.find(loader, "initialized", access),
                FieldReader.find(loader, "target", access)
              };
            } catch (IllegalAccessException e) {
              return new FieldReader[2];
            }
          }
        };
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        Object loader = interceptor.read(value);
        FieldReader[] fields = loader == null ? new FieldReader[2] : state.get(loader.getClass());
        Object target =
            fields[0] != null && fields[1] != null && Boolean.TRUE.equals(fields[0].read(loader))
                ? fields[1].read(loader)
                : null;
        if (target == null) {
          throw walk.refusal(NOT_LOADED);
        }
        walk.enter(value);
        walk.step("target");
        walk.value(target);
        walk.leave();
      }
    };
  }

  /** Lets a collection through to its shape only when it has been loaded. */
  static Shape guard(Class<?> type, Shape shape, FieldAccess access) throws IllegalAccessException {
    FieldReader loaded =
        TypeNames.among(COLLECTIONS, type) != null
            ? FieldReader.find(type, "initialized", access)
            : TypeNames.among(INDIRECT, type) != null
                ? FieldReader.find(type, "delegate", access)
                : null;
    if (loaded == null) {
      return shape;
    }
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        Object state = loaded.read(value);
        if (state == null || Boolean.FALSE.equals(state)) {
          throw walk.refusal(NOT_LOADED);
        }
        shape.write(value, walk);
      }
    };
  }

  /** The field by which Hibernate's enhanced entities load themselves; null if there is none. */
  static FieldReader interceptor(Class<?> type, FieldAccess access) throws IllegalAccessException {
    return FieldReader.find(type, "$$_hibernate_attributeInterceptor", access);
  }

  /** Refuses an enhanced entity that is but a reference. */
  static void check(Object interceptor, Walk walk) throws NoKeyException {
    if (interceptor != null && interceptor.getClass().getName().equals(UNLOADED)) {
      throw walk.refusal(NOT_LOADED);
    }
  }
}
