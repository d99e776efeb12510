/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.Adapters;
import dev.larder.engine.Engine;
import dev.larder.engine.Handlers;
import dev.larder.engine.Target;
import dev.larder.engine.config.Settings;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.BackendFactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caches of one JVM: an engine over a backend, as the agent sets it up, and an application
 * whose methods ask it as woven code does.
 */
final class CachingJvm implements AutoCloseable {

  final Engine engine;
  private final Map<String, Woven> woven = new ConcurrentHashMap<>();

  /** A method, its target, and what its hit site calls. */
  private record Woven(Method method, Target target, MethodHandle hit) {}

  /** Where a counter of {@link Engine#figures} stands. */
  enum Figure {
    HITS,
    MISSES,
    BYPASSED,
    STALE,
    LOADS,
    LOAD_NANOS,
    STORES,
    REMOVALS,
    EVICTIONS,
    ERRORS,
    ENTRIES
  }

  /**
   * A JVM.
   *
   * @param settings as a file has them
   * @param backends null where there is only memory
   */
  CachingJvm(Map<String, String> settings, BackendFactory backends) {
    this.engine =
        new Engine(
            new SettingsPolicies(Settings.of(settings)),
            new MemoryStores(),
            FieldAccess.plain(),
            Handlers.NONE,
            Adapters.NONE,
            backends);
  }

  /** Calls a method of an application that is cached. */
  Object call(Object application, String cache, String method, Object... arguments) {
    return run(application, woven(application.getClass(), cache, method, false), arguments);
  }

  /** Calls a method whose result is always stored, under the cache's key. */
  Object put(Object application, String cache, String method, Object... arguments) {
    return run(application, woven(application.getClass(), cache, method, true), arguments);
  }

  @SuppressWarnings("EnumOrdinal") // figures come in their order
  long figure(String cache, Figure which) {
    long[] figures = engine.figures(cache);
    return figures.length == 0 ? 0 : figures[which.ordinal()];
  }

  private Woven woven(Class<?> owner, String cache, String method, boolean isPut) {
    return woven.computeIfAbsent(
        (isPut ? "put " : "get ") + owner.getName() + ' ' + method + ' ' + cache,
        name -> weave(owner, cache, method, isPut));
  }

  private Woven weave(Class<?> owner, String cache, String name, boolean isPut) {
    Method method =
        Arrays.stream(owner.getDeclaredMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    Operation operation = new Operation(cache, Map.of());
    TargetSpec spec =
        new TargetSpec(
            owner.getName(),
            name,
            MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString(),
            false,
            List.of(),
            Set.of(),
            isPut ? null : operation,
            List.of(),
            isPut ? List.of(operation) : List.of(),
            List.of(),
            EnumSet.noneOf(TargetSpec.Trait.class));
    try {
      method.setAccessible(true);
      Target target =
          engine.target(spec, MethodHandles.privateLookupIn(owner, MethodHandles.lookup()));
      List<Class<?>> parameters = new ArrayList<>(List.of(Object.class));
      parameters.addAll(List.of(method.getParameterTypes()));
      return new Woven(
          method, target, target.hitHandle(MethodType.methodType(Object.class, parameters)));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("no target", impossible);
    }
  }

  private static Object run(Object application, Woven woven, Object[] arguments) {
    try {
      List<Object> asked = new ArrayList<>(List.of(application));
      asked.addAll(Arrays.asList(arguments));
      Object value = woven.hit.invokeWithArguments(asked);
      if (value != null) {
        return value;
      }
      Object ticket = woven.target.miss(application, arguments);
      if (Target.answered(ticket)) {
        return Target.answer(ticket);
      }
      try {
        return Target.exit(woven.method.invoke(application, arguments), ticket);
      } catch (InvocationTargetException thrown) {
        return Target.fail(thrown.getCause(), ticket);
      }
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new AssertionError(checked);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
