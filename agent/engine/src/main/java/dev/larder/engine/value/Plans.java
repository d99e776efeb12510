/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The plan of each class, made when the first of its instances is met and kept with the class. */
final class Plans {

  private static final Plan SHARED = Plan.shared();

  /** How deep copiers are put into each other. */
  private static final int MAX_INLINED = 8;

  private final FieldAccess access;
  private volatile Backtraces backtraces;
  private final ClassValue<Plan> plans =
      new ClassValue<>() {
        @Override
        protected Plan computeValue(Class<?> type) {
          Set<Class<?>> open = making.get();
          open.add(type);
          try {
            return make(type);
          } finally {
            open.remove(type);
            if (open.isEmpty()) {
              making.remove();
            }
          }
        }
      };

  private final FieldCopiers copiers = new FieldCopiers(Plans::isAlwaysFrozen, this::direct);

  /** The classes whose plans this thread is making, each for a field of the one before. */
  private final ThreadLocal<Set<Class<?>>> making = ThreadLocal.withInitial(HashSet::new);

  Plans(FieldAccess access) {
    this.access = access;
  }

  /** Made when the first exception is kept. */
  Backtraces backtraces() {
    if (backtraces == null) {
      backtraces = new Backtraces(access);
    }
    return backtraces;
  }

  Plan of(Class<?> type) {
    return plans.get(type);
  }

  /** Whether a value is shared without being looked into. */
  boolean isShared(Object value, ValueMode mode) {
    Class<?> type = value.getClass();
    return of(type).frozen && (mode == ValueMode.AUTO || SharedTypes.contains(type));
  }

  private Plan make(Class<?> type) {
    if (SharedTypes.contains(type)) {
      return SHARED;
    }
    if (type.isArray()) {
      return ArrayPlan.of(type);
    }
    if (JdkTypes.isJdk(type)) {
      Plan known = RefusedTypes.plan(type);
      known = known != null ? known : JdkPlans.of(type);
      return known != null ? known : RefusedTypes.unknown(type);
    }
    try {
      Plan lazy = LazyPlans.of(type, access);
      if (lazy != null) {
        return lazy;
      }
      Plan known = JaxRsPlans.of(type, access);
      known = known != null ? known : RefusedTypes.plan(type);
      return known != null ? known : ofApplication(type);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return RefusedTypes.closed(type, e);
    }
  }

  private Plan ofApplication(Class<?> type) throws ReflectiveOperationException {
    if (isFrozen(type, new HashSet<>())) {
      return new FrozenPlan(
          () ->
              type.isRecord()
                  ? RecordPlan.of(type, fieldsOf(type), access)
                  : FieldPlan.of(type, fieldsOf(type), access));
    }
    if (type.isRecord()) {
      return RecordPlan.of(type, fieldsOf(type), access);
    }
    Class<?> base = JdkTypes.baseOf(type);
    Plan derived = DerivedPlan.of(type, base, fieldsOf(type), access);
    if (derived != null) {
      return derived;
    }
    return FieldPlan.of(type, fieldsOf(type), access);
  }

  private List<FieldCopy> fieldsOf(Class<?> type) throws IllegalAccessException {
    return FieldCopy.allOf(type, access, copiers);
  }

  /** The copier of a field's declared class; null if it leads back to the class being asked for. */
  private MethodHandle direct(Class<?> declared) {
    Set<Class<?>> open = making.get();
    return JdkTypes.isJdk(declared) || open.size() >= MAX_INLINED || open.contains(declared)
        ? null
        : of(declared).direct();
  }

  /** Whether whatever a field of this declared type holds is deeply immutable. */
  private static boolean isAlwaysFrozen(Class<?> type) {
    return isFrozenType(type, new HashSet<>());
  }

  /**
   * Whether all that a field of a declared type can hold is deeply immutable.
   *
   * @param assumed classes that are being asked about, and count as immutable meanwhile: one that
   *     is not makes the whole answer no
   */
  private static boolean isFrozenType(Class<?> type, Set<Class<?>> assumed) {
    if (type.isPrimitive() || type.isEnum()) {
      return true;
    }
    return Modifier.isFinal(type.getModifiers()) && isFrozen(type, assumed);
  }

  /** Whether all instances of exactly this class are deeply immutable. */
  private static boolean isFrozen(Class<?> type, Set<Class<?>> assumed) {
    if (SharedTypes.contains(type)) {
      return true;
    }
    if (type.isArray() || JdkTypes.isJdk(type) || RefusedTypes.plan(type) != null) {
      return false;
    }
    if (!assumed.add(type)) {
      return true;
    }
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      if (JdkTypes.isJdk(next)) {
        return JdkTypes.isStateless(next);
      }
      for (Field field : next.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !(Modifier.isFinal(field.getModifiers())
                && isFrozenType(field.getType(), assumed))) {
          return false;
        }
      }
    }
    return true;
  }
}
