/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.Target;
import dev.larder.engine.TargetSpec;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import org.slf4j.LoggerFactory;

/**
 * Links the call sites of woven code, once each, when they are first reached.
 *
 * <p>The targets of a class hang on the class itself: they and all that they keep can be collected
 * with it.
 */
final class Linker implements BiFunction<String, Object[], Object> {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private final Surroundings around;
  private final ClassValue<ConcurrentMap<String, Target>> targets =
      new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, Target> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  Linker(Surroundings around) {
    this.around = around;
  }

  /** Links a call site of that name, of the lookup, the type and the constants. */
  @Override
  public Object apply(String name, Object[] of) {
    return link((MethodHandles.Lookup) of[0], name, (MethodType) of[1], (Object[]) of[2]);
  }

  /** Links one call site; whatever it throws makes the site a neutral one. */
  private CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, Object[] constants) {
    try {
      MethodHandle found =
          constants.length == 0
              ? exchangeSite(name)
              : targetSite(target(caller, (String) constants[0]), name, type);
      return new ConstantCallSite(found.asType(type));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
      LoggerFactory.getLogger(Linker.class)
          .warn(
              "a call site of {} cannot be linked ({}); its method runs uncached",
              caller.lookupClass().getName(),
              failure.toString());
      throw new IllegalStateException(failure);
    }
  }

  private Target target(MethodHandles.Lookup caller, String encoded) {
    return targets
        .get(caller.lookupClass())
        .computeIfAbsent(encoded, text -> around.engine().target(TargetSpec.decode(text), caller));
  }

  private static MethodHandle targetSite(Target target, String name, MethodType type)
      throws ReflectiveOperationException {
    return switch (name) {
      case Bootstrap.HIT -> target.hitHandle(type);
      case Bootstrap.MISS -> missHandle(target, type);
      case Bootstrap.ANSWERED -> ofTarget("answered", boolean.class, Object.class);
      case Bootstrap.ANSWER -> ofTarget("answer", Object.class, Object.class);
      case Bootstrap.EXIT -> {
        MethodHandle exit = ofTarget("exit", Object.class, Object.class, Object.class);
        yield type.parameterCount() == 1
            ? MethodHandles.insertArguments(exit, 0, (Object) null)
            : exit;
      }
      case Bootstrap.FAIL -> ofTarget("fail", Object.class, Throwable.class, Object.class);
      default -> throw new NoSuchMethodException("no call site of a target is named " + name);
    };
  }

  private static MethodHandle missHandle(Target target, MethodType type)
      throws ReflectiveOperationException {
    MethodHandle miss =
        HERE.findVirtual(
                Target.class,
                "miss",
                MethodType.methodType(Object.class, Object.class, Object[].class))
            .bindTo(target);
    int receiver = target.spec().isStatic() ? 0 : 1;
    MethodHandle spread =
        (receiver == 0 ? MethodHandles.insertArguments(miss, 0, (Object) null) : miss)
            .asCollector(Object[].class, type.parameterCount() - receiver);
    return spread.asType(type);
  }

  private static MethodHandle ofTarget(String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return HERE.findStatic(Target.class, name, MethodType.methodType(result, parameters));
  }

  private MethodHandle exchangeSite(String name) throws ReflectiveOperationException {
    return switch (name) {
      case Bootstrap.EXCHANGE_ENTER_SERVLET -> enterHandle(true);
      case Bootstrap.EXCHANGE_ENTER_FILTER -> enterHandle(false);
      case Bootstrap.EXCHANGE_ANSWERED -> ofExchange("answered", boolean.class);
      case Bootstrap.EXCHANGE_REQUEST -> ofExchange("request", Object.class);
      case Bootstrap.EXCHANGE_RESPONSE -> ofExchange("response", Object.class);
      case Bootstrap.EXCHANGE_EXIT ->
          MethodHandles.permuteArguments(
              HERE.findVirtual(
                      Exchanges.class,
                      "exit",
                      MethodType.methodType(boolean.class, Object.class, Throwable.class))
                  .bindTo(around.exchanges()),
              MethodType.methodType(boolean.class, Throwable.class, Object.class),
              1,
              0);
      default -> throw new NoSuchMethodException("no call site of an exchange is named " + name);
    };
  }

  private MethodHandle enterHandle(boolean servlet) throws ReflectiveOperationException {
    MethodHandle enter =
        HERE.findVirtual(
                Exchanges.class,
                "enter",
                MethodType.methodType(
                    Object.class, Object.class, boolean.class, Object.class, Object.class))
            .bindTo(around.exchanges());
    return MethodHandles.insertArguments(enter, 1, servlet);
  }

  private MethodHandle ofExchange(String name, Class<?> result)
      throws ReflectiveOperationException {
    return HERE.findVirtual(Exchanges.class, name, MethodType.methodType(result, Object.class))
        .bindTo(around.exchanges());
  }
}
