/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies instances of the application's classes field by field.
 *
 * <p>The fields' reads and writes are put together into one method handle, which the compiler turns
 * into what a copy constructor would be.
 */
final class FieldPlan extends Plan {

  private static final MethodType FILL =
      MethodType.methodType(void.class, Object.class, Object.class, Copying.class);

  private final List<FieldCopy> fields;
  private final FieldCopy[] deep;
  private final boolean isFinal;
  private final LazyPlans.Enhanced enhanced;
  private final boolean isEntity;
  private final boolean isHashed;
  private final MethodHandle make;
  private final MethodHandle fill;
  private final MethodHandle copy;

  private FieldPlan(Class<?> type, List<FieldCopy> fields, MethodHandle make, FieldAccess access) {
    this.fields = fields;
    this.deep = fields.stream().filter(each -> !each.isPlain()).toArray(FieldCopy[]::new);
    this.isFinal = fields.stream().allMatch(FieldCopy::isFinal);
    this.enhanced = LazyPlans.Enhanced.of(fields, access);
    this.isEntity = EntityTypes.has(type);
    this.isHashed = Map.class.isAssignableFrom(type) || Set.class.isAssignableFrom(type);
    this.make = make;
    MethodHandle chain = chain(type, fields);
    this.fill = chain.asType(FILL);
    MethodHandle typed = make.asType(MethodType.methodType(type));
    this.copy =
        MethodHandles.foldArguments(returning(type, chain), typed)
            .asType(MethodType.methodType(Object.class, Object.class, Copying.class));
  }

  static Plan of(Class<?> type, List<FieldCopy> fields, FieldAccess access)
      throws ReflectiveOperationException {
    Class<?> base = JdkTypes.baseOf(type);
    if (!JdkTypes.isStateless(base)) {
      return RefusedTypes.derived(type, base);
    }
    return new FieldPlan(type, fields, Allocator.of(type, base.getDeclaredConstructor()), access);
  }

  /** (copy, instance, Copying)void: all fields, one after the other. */
  static MethodHandle chain(Class<?> type, List<FieldCopy> fields) {
    MethodHandle chain =
        MethodHandles.empty(MethodType.methodType(void.class, type, type, Copying.class));
    for (FieldCopy each : fields) {
      if (!each.isDropped()) {
        chain = MethodHandles.foldArguments(chain, each.mover(type));
      }
    }
    return chain;
  }

  /** The same, but it returns the copy. */
  private static MethodHandle returning(Class<?> type, MethodHandle chain) {
    MethodHandle last =
        MethodHandles.dropArguments(MethodHandles.identity(type), 1, type, Copying.class);
    return MethodHandles.foldArguments(last, chain);
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    if (enhanced != null) {
      enhanced.check(value);
    }
    if (isEntity) {
      scan.meetEntity();
    }
    boolean frozen = isFinal;
    for (FieldCopy each : deep) {
      if (!each.isDropped()) {
        frozen &= scan.visit(each.read(value), "." + each.name());
      }
    }
    if (isHashed && !frozen) {
      IdentityKeys.check(value);
    }
    return frozen;
  }

  @Override
  Object copy(Object value, Copying to) {
    if (to.isGraph()) {
      return duplicate(value, to);
    }
    try {
      return copy.invokeExact(value, to);
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  @Override
  Object duplicate(Object value, Copying to) {
    try {
      Object made = make.invokeExact();
      to.begun(value, made);
      fill.invokeExact(made, value, to);
      return made;
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  @Override
  MethodHandle direct() {
    return copy;
  }

  @Override
  boolean rebuilds() {
    return true;
  }

  @Override
  boolean isOfPersistence() {
    return isEntity;
  }

  List<FieldCopy> fields() {
    return fields;
  }
}
