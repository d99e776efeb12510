/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.LazyTypes;
import dev.larder.engine.key.TypeNames;
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
  private static final String BOOKKEEPING = "$$_hibernate_";
  private static final String INTERCEPTOR = "$$_hibernate_attributeInterceptor";
  private static final String OF_ECLIPSELINK = "_persistence_";
  private static final String FETCH_GROUP = "_persistence_fetchGroup";
  private static final String HOLDER = "_vh";

  private LazyPlans() {}

  /** The plan for a class of those; null for any other. */
  static Plan of(Class<?> type, FieldAccess access) throws IllegalAccessException {
    if (TypeNames.isAmong(PROXIES, type)) {
      return new ProxyPlan(type, access);
    }
    String state = LazyTypes.stateField(type);
    if (state == null) {
      return null;
    }
    FieldCopy loaded = find(type, state, access);
    return loaded == null ? RefusedTypes.lazy(type) : new LoadedPlan(loaded, plain(type));
  }

  /**
   * Whether a field is one that Hibernate or EclipseLink adds, to note what it knows of entities.
   */
  static boolean isBookkeeping(Field field) {
    return field.getName().startsWith(BOOKKEEPING) || field.getName().startsWith(OF_ECLIPSELINK);
  }

  /** Tells of entities with fields that Hibernate or EclipseLink has added whether all is there. */
  abstract static class Enhanced {

    /** What tells it of a class with such fields; null if the class is not enhanced. */
    static Enhanced of(List<FieldCopy> fields, FieldAccess access) {
      for (FieldCopy each : fields) {
        if (each.name().equals(INTERCEPTOR)) {
          return new OfHibernate(each, access);
        }
        if (each.name().startsWith(OF_ECLIPSELINK)) {
          return new OfEclipseLink(fields, access);
        }
      }
      return null;
    }

    /** Refuses an entity of which a part is still to be loaded. */
    abstract void check(Object entity) throws Refusal;
  }

  /** Hibernate's build-time enhancement leaves attributes empty until they are asked for. */
  private static final class OfHibernate extends Enhanced {
    private final FieldCopy interceptor;
    private final ClassValue<FieldCopy[]> state;

    OfHibernate(FieldCopy interceptor, FieldAccess access) {
      this.interceptor = interceptor;
      this.state = fieldsOf(access, "lazyFields", "initializedLazyFields");
    }

    @Override
    void check(Object entity) throws Refusal {
      Object loader = interceptor.read(entity);
      if (loader == null) {
        return;
      }
      FieldCopy[] fields = state.get(loader.getClass());
      Object lazy = fields[0] == null ? null : fields[0].read(loader);
      Object loaded = fields[1] == null ? null : fields[1].read(loader);
      boolean isWhole =
          lazy instanceof Collection<?> all
              && (all.isEmpty() || (loaded instanceof Collection<?> some && some.containsAll(all)));
      if (!isWhole) {
        throw unloaded(entity.getClass());
      }
    }
  }

  /**
   * EclipseLink's weaving leaves attributes to a group that is fetched later, and references to a
   * holder that is asked for the other entity; once it was, both have it.
   */
  private static final class OfEclipseLink extends Enhanced {
    private final FieldCopy fetchGroup;
    private final List<Reference> references = new ArrayList<>();
    private final ClassValue<FieldCopy[]> state;

    private record Reference(FieldCopy attribute, FieldCopy holder) {}

    OfEclipseLink(List<FieldCopy> fields, FieldAccess access) {
      Map<String, FieldCopy> byName = new LinkedHashMap<>();
      fields.forEach(each -> byName.putIfAbsent(each.name(), each));
      this.fetchGroup = byName.get(FETCH_GROUP);
      for (FieldCopy each : fields) {
        String name = each.name();
        if (name.startsWith(OF_ECLIPSELINK) && name.endsWith(HOLDER)) {
          String attribute =
              name.substring(OF_ECLIPSELINK.length(), name.length() - HOLDER.length());
          references.add(new Reference(byName.get(attribute), each));
        }
      }
      this.state = fieldsOf(access, "isInstantiated", "value");
    }

    @Override
    void check(Object entity) throws Refusal {
      if (fetchGroup != null && fetchGroup.read(entity) != null) {
        throw unloaded(entity.getClass());
      }
      for (Reference each : references) {
        Object holder = each.holder().read(entity);
        if (holder != null && !isLoaded(entity, each, holder)) {
          throw unloaded(entity.getClass());
        }
      }
    }

    private boolean isLoaded(Object entity, Reference reference, Object holder) {
      FieldCopy[] fields = state.get(holder.getClass());
      boolean isThere = fields[0] == null || Boolean.TRUE.equals(fields[0].read(holder));
      return isThere
          && fields[1] != null
          && reference.attribute() != null
          && fields[1].read(holder) == reference.attribute().read(entity);
    }
  }

  /** Fields of an object that differs from class to class, by name; null for one it lacks. */
  private static ClassValue<FieldCopy[]> fieldsOf(FieldAccess access, String first, String second) {
    return new ClassValue<>() {
      @Override
      protected FieldCopy[] computeValue(Class<?> type) {
        try {
          return new FieldCopy[] {find(type, first, access), find(type, second, access)};
        } catch (IllegalAccessException e) {
          return new FieldCopy[2]; // what cannot be read counts as not loaded
        }
      }
    };
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
    boolean isOfPersistence() {
      return true;
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
      this.state = fieldsOf(access, "initialized", "target");
    }

    @Override
    boolean isOfPersistence() {
      return true;
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
