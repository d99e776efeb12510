/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.value.Home;
import java.lang.reflect.Type;
import java.util.function.Function;

/**
 * The declared type of a target's values, which may be another for each class of receivers: {@code
 * T find(K key)} of a {@code Repository<T, K>} gives each class that extends it something else.
 *
 * <p>Where the class is one that the method's own class loader does not know, as an application's
 * above a container's shared library, the type stays open: what it would be is never kept.
 */
public final class ValueTypes {

  private final ValueType declared;

  /** Null where it is the same for all. Its values know nothing of it, so that it can be let go. */
  private final ClassValue<ValueType> resolved;

  /**
   * The types of a target's values.
   *
   * @param typeFor the type for receivers of a class; for null as it is declared
   */
  ValueTypes(Body body, Function<Class<?>, Type> typeFor) {
    ValueType asDeclared = ValueType.of(typeFor.apply(null));
    this.declared = asDeclared;
    Home home = new Home(body.loader());
    this.resolved =
        body.mayResolve(asDeclared.type())
            ? new ClassValue<>() {
              @Override
              protected ValueType computeValue(Class<?> receiver) {
                ValueType type =
                    home.holds(receiver) ? ValueType.of(typeFor.apply(receiver)) : asDeclared;
                return type.equals(asDeclared) ? asDeclared : type;
              }
            }
            : null;
  }

  /** As it is declared. */
  public ValueType declared() {
    return declared;
  }

  /** As the class of the receivers resolves it that a variant is of. */
  public ValueType of(Variant variant) {
    return resolved == null ? declared : ofClass(variant.receiverClass());
  }

  /** As a receiver's class resolves it; null for no receiver. */
  public ValueType ofReceiver(Object receiver) {
    return resolved == null || receiver == null
        ? declared
        : ofClass(Receivers.written(receiver.getClass()));
  }

  private ValueType ofClass(Class<?> receiver) {
    return receiver == null ? declared : resolved.get(receiver);
  }
}
