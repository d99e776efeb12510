/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.Engine;
import dev.larder.engine.Handlers;
import dev.larder.engine.Target;
import dev.larder.engine.config.Settings;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Methods of a test that ask an engine as woven code does, question for question: each calls {@link
 * #call} and nothing else.
 */
final class Woven {

  final Engine engine =
      new Engine(
          new SettingsPolicies(Settings.none()),
          new MemoryStores(),
          FieldAccess.plain(),
          Handlers.NONE,
          new LibraryAdapters(FieldAccess.plain()),
          null);

  private final MethodHandles.Lookup lookup;
  private final Map<String, Target> targets = new ConcurrentHashMap<>();

  /** Methods of the class that this lookup has private access to. */
  Woven(MethodHandles.Lookup lookup) {
    this.lookup = lookup;
  }

  /** A method that is cached in the cache of its own name, with such attributes. */
  Woven cached(String method, String... attributes) {
    return with(method, new Operation(method, pairs(attributes)), List.of(), List.of());
  }

  /** A method that evicts. */
  Woven evicting(String method, String cache, String... attributes) {
    return with(method, null, List.of(new Operation(cache, pairs(attributes))), List.of());
  }

  /** A method that puts. */
  Woven putting(String method, String cache, String... attributes) {
    return with(method, null, List.of(), List.of(new Operation(cache, pairs(attributes))));
  }

  private static Map<String, String> pairs(String... attributes) {
    Map<String, String> pairs = new ConcurrentHashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      pairs.put(attributes[i], attributes[i + 1]);
    }
    return pairs;
  }

  private Woven with(
      String name, Operation cached, List<Operation> evictions, List<Operation> puts) {
    Class<?> owner = lookup.lookupClass();
    Method method =
        Arrays.stream(owner.getDeclaredMethods())
            .filter(each -> each.getName().equals(name) && !each.isSynthetic())
            .findFirst()
            .orElseThrow();
    MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    TargetSpec spec =
        new TargetSpec(
            owner.getName(),
            name,
            type.toMethodDescriptorString(),
            false,
            List.of(),
            Set.of(),
            cached,
            evictions,
            puts,
            List.of(),
            EnumSet.noneOf(TargetSpec.Trait.class));
    targets.put(name, engine.target(spec, lookup));
    return this;
  }

  /** What a woven method does with its body. */
  @SuppressWarnings("unchecked")
  <T> T call(String method, Object receiver, Callable<T> body, Object... arguments) {
    Target target = targets.get(method);
    try {
      Object ticket = target.miss(receiver, arguments);
      if (Target.answered(ticket)) {
        return (T) Target.answer(ticket);
      }
      try {
        return (T) Target.exit(body.call(), ticket);
      } catch (Throwable failure) {
        return (T) Target.fail(failure, ticket);
      }
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new AssertionError(checked);
    }
  }

  /** Hits and misses of a cache so far, as {@code "1 of 3"}. */
  String hits(String cache) {
    long[] figures = engine.figures(cache);
    return figures[0] + " of " + (figures[0] + figures[1] + figures[2]);
  }
}
