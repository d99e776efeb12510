/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What JPA puts in place of values that may not be loaded yet, known by name.
 *
 * <p>Whether something is loaded is read from fields, for to ask would load it. What is loaded
 * becomes the plain value that it stands for.
 */
final class LazyPlans {

  private static final Set<String> PROXIES = Set.of("org.hibernate.proxy.HibernateProxy");
  private static final Set<String> COLLECTIONS =
      Set.of(
          "org.hibernate.collection.spi.PersistentCollection",
          "org.hibernate.collection.PersistentCollection");
  private static final Set<String> INDIRECT =
      Set.of("org.eclipse.persistence.indirection.IndirectContainer");
  private static final String BOOKKEEPING = "$$_hibernate_";
  private static final String INTERCEPTOR = "$$_hibernate_attributeInterceptor";

  private LazyPlans() {}

  /** The plan for a class of those; null for any other. */
  static Plan of(Class<?> type, FieldAccess access) throws IllegalAccessException {
    if (TypeNames.among(PROXIES, type)) {
      return new ProxyPlan(type, access);
    }
    String state =
        TypeNames.among(COLLECTIONS, type)
            ? "initialized"
            : TypeNames.among(INDIRECT, type) ? "delegate" : null;
    if (state == null) {
      return null;
    }
    FieldCopy loaded = find(type, state, access);
    return loaded == null ? RefusedTypes.lazy(type) : new LoadedPlan(loaded, plain(type));
  }

  /** Whether a field is one that Hibernate adds to entities, to note what it knows of them. */
  static boolean isBookkeeping(Field field) {
    return field.getName().startsWith(BOOKKEEPING);
  }

  /** The field by which Hibernate's enhanced entities load themselves; null if there is none. */
  static FieldCopy interceptor(List<FieldCopy> fields) {
    return fields.stream().filter(each -> each.name().equals(INTERCEPTOR)).findFirst().orElse(null);
  }

  /** Refuses an enhanced entity of which a part is still to be loaded. */
  static void check(FieldCopy interceptor, Object entity) throws Refusal {
    if (interceptor != null && interceptor.read(entity) != null) {
      throw unloaded(entity.getClass());
    }
  }

  private static Refusal unloaded(Class<?> type) {
    return new Refusal(
        type,
        "is lazy and has not been loaded",
        "fetch it with the query, or return a value without it");
  }

  private static FieldCopy find(Class<?> type, String name, FieldAccess access)
      throws IllegalAccessException {
    for (FieldCopy each : FieldCopy.allOf(type, access, FieldCopiers.none())) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static Plan plain(Class<?> type) {
    if (SortedMap.class.isAssignableFrom(type)) {
      return new MapPlan<>(from -> new TreeMap<>(Comparators.ofAny(from)));
    }
    if (Map.class.isAssignableFrom(type)) {
      return new MapPlan<>(from -> new LinkedHashMap<>(JdkPlans.room(from.size())));
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return new CollectionPlan<>(from -> new TreeSet<>(Comparators.ofAny(from)), true);
    }
    if (Set.class.isAssignableFrom(type)) {
      return new CollectionPlan<>(from -> new LinkedHashSet<>(JdkPlans.room(from.size())), true);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return new CollectionPlan<>(from -> new ArrayList<>(from.size()), false);
    }
    return RefusedTypes.lazy(type);
  }

  /** A collection that may be loaded. */
  private static final class LoadedPlan extends Plan {
    private final FieldCopy loaded;
    private final Plan plain;

    LoadedPlan(FieldCopy loaded, Plan plain) {
      this.loaded = loaded;
      this.plain = plain;
    }

    @Override
    boolean scan(Object value, Scan scan) throws Refusal {
      Object state = loaded.read(value);
      if (state == null || Boolean.FALSE.equals(state)) {
        throw unloaded(value.getClass());
      }
      return plain.scan(value, scan);
    }

    @Override
    Object copy(Object value, Copying to) {
      return plain.copy(value, to);
    }
  }

  /** A proxy that may be loaded; it becomes the entity that it stands for. */
  private static final class ProxyPlan extends Plan {
    private final FieldCopy interceptor;
    private final ClassValue<FieldCopy[]> state;

    ProxyPlan(Class<?> type, FieldAccess access) throws IllegalAccessException {
      FieldCopy field = find(type, "$$_hibernate_interceptor", access);
      this.interceptor = field != null ? field : find(type, "handler", access);
      this.state =
          new ClassValue<>() {
            @Override
            protected FieldCopy[] computeValue(Class<?> loader) {
              try {
                return new FieldCopy[] {
                  find(loader, "initialized", access), find(loader, "target", access)
                };
              } catch (IllegalAccessException e) {
                return new FieldCopy[2];
              }
            }
          };
    }

    @Override
    boolean comesFirst() {
      return false;
    }

    @Override
    boolean scan(Object value, Scan scan) throws Refusal {
      Object target = target(value);
      if (target == null) {
        throw unloaded(value.getClass());
      }
      scan.visit(target);
      return false;
    }

    @Override
    Object copy(Object value, Copying to) {
      return to.copy(target(value));
    }

    private Object target(Object proxy) {
      Object loader = interceptor == null ? null : interceptor.read(proxy);
      if (loader == null) {
        return null;
      }
      FieldCopy[] fields = state.get(loader.getClass());
      return fields[0] != null && fields[1] != null && Boolean.TRUE.equals(fields[0].read(loader))
          ? fields[1].read(loader)
          : null;
    }
  }
}
