/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.Target;
import dev.larder.engine.method.TargetSpec;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The two questions of one woven method, and the target that answers them now.
 *
 * <p>A target never changes; when the configuration does, another one takes its place here. The
 * call sites are mutable ones: the compiler takes what such a site calls for constant, and forgets
 * what it has compiled when that changes, so that a hit does not pay for it. What ends a body
 * belongs to the ticket, and so to the target that began it.
 *
 * <p>A target is made outside any lock, since that may load classes of the application.
 */
final class Sites {

  private final Linker linker;
  private final Class<?> type;
  private final AtomicReference<State> state;

  /** Whether the class was last transformed as one in which nothing asks here. */
  private volatile boolean bare;

  /** Whether it has been anything else than switched off, or would have been had it been called. */
  private volatile boolean wasOn;

  /** With private access to the method's class; null until a call site is linked. */
  private volatile MethodHandles.Lookup caller;

  private MutableCallSite hit;
  private MutableCallSite miss;

  /**
   * What holds for the method.
   *
   * @param spec what it is to be; null for no target any more
   * @param target null where none has been made, or it is none
   * @param generation the settings that the target was made by; 0 for none
   */
  private record State(TargetSpec spec, Target target, int generation) {}

  Sites(Linker linker, TargetSpec spec, Class<?> type, boolean wasOn) {
    this.linker = linker;
    this.type = type;
    this.wasOn = wasOn;
    this.state = new AtomicReference<>(new State(spec, null, 0));
  }

  /** The class that has the method. */
  Class<?> type() {
    return type;
  }

  /** What the method is to be; null for no target. */
  TargetSpec spec() {
    return state.get().spec;
  }

  boolean isBare() {
    return bare;
  }

  /**
   * Whether what the configuration switches off is to leave nothing behind: not where it has been
   * off from the start, whose calls are counted as bypassed.
   */
  boolean wasOn() {
    return wasOn;
  }

  /**
   * Says what the method is to be from now on.
   *
   * @param spec null for no target
   * @param off whether the configuration switches it off
   * @return whether it is to go without what asks here
   */
  boolean tell(TargetSpec spec, boolean off) {
    if (!off) {
      wasOn = true;
    }
    bare = spec == null || (off && wasOn);
    State before;
    do {
      before = state.get();
      if (spec == null ? before.spec == null : spec.equals(before.spec)) {
        return bare;
      }
    } while (!state.compareAndSet(before, new State(spec, before.target, 0)));
    return bare;
  }

  /** Makes the target that the settings ask for now, unless it is there or nobody has asked. */
  void settle() throws ReflectiveOperationException {
    while (caller != null) {
      State before = state.get();
      int generation = linker.generation();
      if (before.generation == generation) {
        return;
      }
      Target made =
          before.spec == null ? null : linker.engine().target(before.spec, caller, before.target);
      if (state.compareAndSet(before, new State(before.spec, made, generation))) {
        if (made != null && !made.isIdle()) {
          wasOn = true;
        }
        point();
        if (before.target != null) { // once no call begins by it any more
          linker.engine().retire(before.target, made);
        }
        return;
      }
      if (made != null) {
        linker.engine().discard(made);
      }
    }
  }

  /** Points the call sites to the target that there is, as they are to ask it now. */
  synchronized void point() throws ReflectiveOperationException {
    Target now = state.get().target;
    if (hit != null) {
      hit.setTarget(hitHandle(now, hit.type()));
    }
    if (miss != null) {
      miss.setTarget(missHandle(now, miss.type()));
    }
    if (hit != null && miss != null) {
      MutableCallSite.syncAll(new MutableCallSite[] {hit, miss});
    }
  }

  /** The site of the first question. */
  CallSite hit(MethodHandles.Lookup from, MethodType type) throws ReflectiveOperationException {
    caller = from;
    settle();
    synchronized (this) {
      if (hit == null) {
        hit = new MutableCallSite(hitHandle(state.get().target, type));
      }
      return hit;
    }
  }

  /** The site of the second question. */
  CallSite miss(MethodHandles.Lookup from, MethodType type) throws ReflectiveOperationException {
    caller = from;
    settle();
    synchronized (this) {
      if (miss == null) {
        miss = new MutableCallSite(missHandle(state.get().target, type));
      }
      return miss;
    }
  }

  @Override
  public String toString() {
    TargetSpec spec = state.get().spec;
    return spec == null ? "a method that is no target" : spec.displayName();
  }

  private boolean isIdle(Target target) {
    return target == null || (wasOn && target.isIdle());
  }

  private MethodHandle hitHandle(Target target, MethodType type)
      throws ReflectiveOperationException {
    return isIdle(target)
        ? MethodHandles.empty(type)
        : target.hitHandle(type, linker.tellsHits()).asType(type);
  }

  private MethodHandle missHandle(Target target, MethodType type)
      throws ReflectiveOperationException {
    if (isIdle(target)) {
      return MethodHandles.empty(type);
    }
    MethodHandle miss = MISS.bindTo(target);
    int receiver = target.spec().isStatic() ? 0 : 1;
    MethodHandle spread =
        (receiver == 0 ? MethodHandles.insertArguments(miss, 0, (Object) null) : miss)
            .asCollector(Object[].class, type.parameterCount() - receiver);
    return spread.asType(type);
  }

  private static final MethodHandle MISS;

  static {
    try {
      MISS =
          MethodHandles.lookup()
              .findVirtual(
                  Target.class,
                  "miss",
                  MethodType.methodType(Object.class, Object.class, Object[].class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }
}
