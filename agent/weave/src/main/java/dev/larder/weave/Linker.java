/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.Engine;
import dev.larder.engine.Target;
import dev.larder.engine.method.TargetSpec;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.LoggerFactory;

/**
 * Links the call sites of woven code, once each, when they are first reached, and again when the
 * configuration changes.
 *
 * <p>The targets of a class hang on the class itself: they and all that they keep can be collected
 * with it.
 */
public final class Linker implements BiFunction<String, Object[], Object> {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private final Surroundings around;
  private final AtomicInteger generation = new AtomicInteger(1);

  /** By the method's name and descriptor. */
  private final ClassValue<ConcurrentMap<String, Sites>> sites =
      new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, Sites> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** All that are still there, to be linked again; the keys are what counts. */
  private final Map<Sites, Boolean> everywhere = new WeakHashMap<>();

  /** A linker that has linked nothing yet. */
  public Linker(Surroundings around) {
    this.around = around;
  }

  Engine engine() {
    return around.engine();
  }

  /** The number of the settings that targets are made by now. */
  int generation() {
    return generation.get();
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
      return switch (name) {
        case Bootstrap.HIT -> sites(caller, constants).hit(caller, type);
        case Bootstrap.MISS -> sites(caller, constants).miss(caller, type);
        default ->
            new ConstantCallSite(
                (constants.length == 0 ? plainSite(caller, name, type) : endSite(name, type))
                    .asType(type));
      };
    } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
      warn(caller.lookupClass(), failure);
      throw new IllegalStateException(failure);
    }
  }

  private static void warn(Class<?> type, Throwable failure) {
    LoggerFactory.getLogger(Linker.class)
        .warn(
            "a call site of {} cannot be linked ({}); its method runs uncached",
            type.getName(),
            failure.toString());
  }

  private Sites sites(MethodHandles.Lookup caller, Object[] constants) {
    TargetSpec spec = TargetSpec.decode((String) constants[0]);
    return sites
        .get(caller.lookupClass())
        .computeIfAbsent(
            spec.method() + spec.descriptor(), method -> keep(spec, caller.lookupClass()));
  }

  private Sites keep(TargetSpec spec, Class<?> type) {
    boolean wasOn = spec.lookup() != null && around.wasEnabledAtStart(spec.lookup().cache());
    Sites made = new Sites(this, spec, type, wasOn);
    synchronized (everywhere) {
      everywhere.put(made, true);
    }
    return made;
  }

  /** Whether a class has been linked or told of. */
  boolean knows(Class<?> type) {
    return !sites.get(type).isEmpty();
  }

  /**
   * Is told what a class that is loaded already has come to, which may be other than what was
   * written into it as it was loaded.
   *
   * @param targets by name and descriptor; the class's other methods are none
   * @return those of them that are to be woven
   */
  Map<String, TargetSpec> tell(Class<?> type, Map<String, TargetSpec> targets) {
    Map<String, TargetSpec> wanted = new HashMap<>();
    ConcurrentMap<String, Sites> known = sites.get(type);
    for (Map.Entry<String, Sites> each : known.entrySet()) {
      if (!targets.containsKey(each.getKey())) {
        each.getValue().tell(null, true);
      }
    }
    for (Map.Entry<String, TargetSpec> each : targets.entrySet()) {
      TargetSpec spec = each.getValue();
      Sites asking = known.computeIfAbsent(each.getKey(), method -> keep(spec, type));
      if (!asking.tell(spec, isOff(spec))) {
        wanted.put(each.getKey(), spec);
      }
    }
    return wanted;
  }

  /** Whether the configuration switches off all that a target's calls would do. */
  private boolean isOff(TargetSpec spec) {
    return spec.lookup() != null
        && spec.puts().isEmpty()
        && spec.evictions().isEmpty()
        && !around.isEnabled(spec.lookup().cache());
  }

  /** The classes of targets that have been switched off or on since they were last transformed. */
  List<Class<?>> switched() {
    Set<Class<?>> types = new LinkedHashSet<>();
    for (Sites each : known()) {
      TargetSpec spec = each.spec();
      if (spec != null && each.isBare() != (each.wasOn() && isOff(spec))) {
        types.add(each.type());
      }
    }
    return List.copyOf(types);
  }

  private List<Sites> known() {
    synchronized (everywhere) {
      return new ArrayList<>(everywhere.keySet());
    }
  }

  /** Links anew, by the settings that hold now, whatever has been linked. */
  void linkAnew() {
    generation.incrementAndGet();
    for (Sites each : known()) {
      try {
        each.settle();
      } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
        LoggerFactory.getLogger(Linker.class)
            .warn("{} keeps the settings that it had ({})", each, failure.toString());
      }
    }
  }

  /** Whether hit sites are to tell of what they give. */
  boolean tellsHits() {
    return around.tellsHits();
  }

  /** Links all hit sites anew, since {@link Surroundings#tellsHits} says something else now. */
  public void tellHits() {
    for (Sites each : known()) {
      try {
        each.point();
      } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
        LoggerFactory.getLogger(Linker.class)
            .warn("hits of {} are told, or not, as before ({})", each, failure.toString());
      }
    }
  }

  private static MethodHandle endSite(String name, MethodType type)
      throws ReflectiveOperationException {
    return switch (name) {
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

  private static MethodHandle ofTarget(String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return HERE.findStatic(Target.class, name, MethodType.methodType(result, parameters));
  }

  private MethodHandle plainSite(MethodHandles.Lookup caller, String name, MethodType type)
      throws ReflectiveOperationException {
    MethodHandle ofTransaction = TransactionSites.of(caller, name, type);
    return ofTransaction != null ? ofTransaction : exchangeSite(name);
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
