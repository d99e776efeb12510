/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.TargetSpec;

/**
 * A call that is observed, from the entry of its method to its end.
 *
 * <p>Those that come through an interface lie on a stack of their thread while they run: one that
 * reaches another target of the same method, as a proxy's does, counts there alone.
 */
final class ObservedCall {

  private static final ThreadLocal<ObservedCall> INNERMOST = new ThreadLocal<>();

  private final Observing observing;
  private final TargetSpec spec;
  private final Object receiver;
  private final boolean isOpen;
  private final ObservedCall outer;
  private boolean reachedAnother;
  private boolean isKeyed;
  private long key;
  private long began;
  private boolean hasEnded;

  /**
   * A call that begins.
   *
   * @param spec of its target
   * @param mayReachAnother whether it comes through an interface
   */
  ObservedCall(Observing observing, TargetSpec spec, Object receiver, boolean mayReachAnother) {
    this.observing = observing;
    this.spec = spec;
    this.receiver = receiver;
    this.isOpen = mayReachAnother;
    this.outer = mayReachAnother ? INNERMOST.get() : null;
    if (mayReachAnother) {
      INNERMOST.set(this);
    }
  }

  /** Tells the open calls of the same interface's method that they have reached this one. */
  static void reached(TargetSpec spec, Object receiver) {
    if (spec.contracts().isEmpty()) {
      return;
    }
    for (ObservedCall call = INNERMOST.get(); call != null; call = call.outer) {
      boolean isOther = !call.spec.isOfSameMethod(spec) || call.receiver != receiver;
      if (isOther && call.spec.sharesContract(spec)) {
        call.reachedAnother = true;
      }
    }
  }

  void hasKey(long fingerprint) {
    isKeyed = true;
    key = fingerprint;
  }

  void bodyBegins() {
    began = System.nanoTime();
  }

  boolean isKeyed() {
    return isKeyed;
  }

  long key() {
    return key;
  }

  /** When its body began, as {@link System#nanoTime} gave it. */
  long began() {
    return began;
  }

  /** Takes it from its thread's stack. */
  void close() {
    if (isOpen) {
      if (outer == null) {
        INNERMOST.remove();
      } else {
        INNERMOST.set(outer);
      }
    }
  }

  /** The end of a body that has returned. */
  void returned(Object result) {
    if (ends()) {
      observing.returned(this, result);
    }
  }

  /** The end of a body that has thrown. */
  void threw() {
    if (ends()) {
      observing.threw(this);
    }
  }

  /** Whether it is to be noted; once. */
  private boolean ends() {
    if (hasEnded) {
      return false;
    }
    hasEnded = true;
    close();
    if (reachedAnother) {
      return false;
    }
    observing.countCall();
    return true;
  }
}
