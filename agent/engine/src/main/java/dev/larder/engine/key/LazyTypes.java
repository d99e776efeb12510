/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Collection;
import java.util.Set;

/**
 * What Hibernate and EclipseLink put in place of values that are not loaded yet, known by name.
 *
 * <p>Whether it is loaded is read from fields: to ask would load it.
 */
public final class LazyTypes {

  private static final Set<String> PROXIES =
      Set.of("org.hibernate.proxy.HibernateProxy", "javassist.util.proxy.ProxyObject");
  private static final Set<String> COLLECTIONS =
      Set.of(
          "org.hibernate.collection.spi.PersistentCollection",
          "org.hibernate.collection.PersistentCollection");
  private static final Set<String> INDIRECT =
      Set.of("org.eclipse.persistence.indirection.IndirectContainer");
  private static final String NOT_LOADED = "is lazy and has not been loaded";

  private LazyTypes() {}

  /**
   * The field by which a collection tells whether it is loaded; null of a class that is not lazy.
   */
  public static String stateField(Class<?> type) {
    return TypeNames.isAmong(COLLECTIONS, type)
        ? "initialized"
        : TypeNames.isAmong(INDIRECT, type) ? "delegate" : null;
  }

  static boolean isProxy(Class<?> type) {
    return TypeNames.isAmong(PROXIES, type);
  }

  /** A proxy that has been loaded counts as what it stands for. */
  static Shape proxy(Class<?> type, FieldAccess access) throws IllegalAccessException {
    FieldReader field = FieldReader.find(type, "$$_hibernate_interceptor", access);
    FieldReader interceptor = field != null ? field : FieldReader.find(type, "handler", access);
    if (interceptor == null) {
      return Shape.refused("is a lazy proxy that does not tell whether it is loaded");
    }
    ClassValue<FieldReader[]> state = readers(access, "initialized", "target");
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        Object loader = interceptor.read(value);
        FieldReader[] fields = loader == null ? new FieldReader[2] : state.get(loader.getClass());
        Object target =
            Boolean.TRUE.equals(read(fields[0], loader)) ? read(fields[1], loader) : null;
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
    String state = stateField(type);
    FieldReader loaded = state == null ? null : FieldReader.find(type, state, access);
    if (loaded == null) {
      return shape;
    }
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        Object told = loaded.read(value);
        if (told == null || Boolean.FALSE.equals(told)) {
          throw walk.refusal(NOT_LOADED);
        }
        shape.write(value, walk);
      }
    };
  }

  /** Fields of an object that differs from class to class, by name; null for one it lacks. */
  private static ClassValue<FieldReader[]> readers(FieldAccess access, String... names) {
    return new ClassValue<>() {
      @Override
      protected FieldReader[] computeValue(Class<?> type) {
        FieldReader[] readers = new FieldReader[names.length];
        for (int i = 0; i < names.length; i++) {
          try {
            readers[i] = FieldReader.find(type, names[i], access);
          } catch (IllegalAccessException e) {
            // It stays null: what cannot be read counts as not loaded.
            return readers;
          }
        }
        return readers;
      }
    };
  }

  private static Object read(FieldReader reader, Object holder) {
    return reader == null ? null : reader.read(holder);
  }

  /**
   * Tells of an entity that Hibernate's build-time enhancement made lazy whether all of it is
   * there.
   */
  static final class Enhanced {

    private final FieldReader interceptor;
    private final ClassValue<FieldReader[]> fields;

    private Enhanced(FieldReader interceptor, FieldAccess access) {
      this.interceptor = interceptor;
      this.fields = readers(access, "lazyFields", "initializedLazyFields");
    }

    /** What watches the entities of a class; null if the class is not enhanced. */
    static Enhanced of(Class<?> type, FieldAccess access) throws IllegalAccessException {
      FieldReader field = FieldReader.find(type, "$$_hibernate_attributeInterceptor", access);
      return field == null ? null : new Enhanced(field, access);
    }

    void check(Object entity, Walk walk) throws NoKeyException {
      Object loader = interceptor.read(entity);
      if (loader == null) {
        return;
      }
      FieldReader[] readers = fields.get(loader.getClass());
      Object lazy = read(readers[0], loader);
      Object loaded = read(readers[1], loader);
      boolean isWhole =
          lazy instanceof Collection<?> all
              && (all.isEmpty() || (loaded instanceof Collection<?> some && some.containsAll(all)));
      if (!isWhole) {
        throw walk.refusal(NOT_LOADED);
      }
    }
  }
}
