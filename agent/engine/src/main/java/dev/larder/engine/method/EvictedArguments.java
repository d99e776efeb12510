/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.value.Home;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Function;

/**
 * As what the arguments of an evict are read that may mean calls of a target: as the parameters
 * that it declares, or that the receiver's class makes of them. The {@code findById(Object)} of a
 * proxy takes a {@code Long} where its interface extends {@code CrudRepository<Product, Long>}, and
 * so an {@code int} means it too.
 */
final class EvictedArguments {

  private final CallArguments declared;

  /** Null where they are the same for all. Its values know nothing of it. */
  private final ClassValue<CallArguments> resolved;

  /**
   * The arguments of evicts.
   *
   * @param typesFor the types of the parameters for receivers of a class; for null as declared
   */
  EvictedArguments(CallArguments erased, Body body, Function<Class<?>, Type[]> typesFor) {
    CallArguments asDeclared = erased.narrowedTo(typesFor.apply(null));
    this.declared = asDeclared;
    Home home = new Home(body.loader());
    this.resolved =
        Arrays.stream(typesFor.apply(null)).anyMatch(body::mayResolve)
            ? new ClassValue<>() {
              @Override
              protected CallArguments computeValue(Class<?> receiver) {
                return home.holds(receiver)
                    ? erased.narrowedTo(typesFor.apply(receiver))
                    : asDeclared;
              }
            }
            : null;
  }

  /** Those that may mean calls on a variant's receivers; of null, as declared. */
  CallArguments of(Variant variant) {
    Class<?> receiver = resolved == null || variant == null ? null : variant.receiverClass();
    return receiver == null ? declared : resolved.get(receiver);
  }
}
