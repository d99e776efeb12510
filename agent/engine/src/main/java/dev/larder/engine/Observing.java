/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Adapters.SuspendAdapter;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.key.Fingerprints;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.observe.MethodWatch;
import dev.larder.engine.observe.Outcome;
import dev.larder.engine.value.Home;
import dev.larder.engine.value.UncacheableValue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * What {@code mode = observe} does at the calls of one target: it notes their keys, how long they
 * take and what they give, and changes nothing of them.
 */
final class Observing {

  private static final String SUSPENSION = "kotlin.coroutines.intrinsics.CoroutineSingletons";

  private final Engine engine;
  private final TargetSpec spec;
  private final Attributes attributes;
  private final MethodWatch watch;
  private final SuspendAdapter suspends;
  private final NamedCache cache;
  private final Variants variants;
  private final Home home;
  private final OwnFailures failures;
  private final boolean isThroughInterface;

  /**
   * The observing of a target.
   *
   * @param watch counts its calls
   * @param suspends null where it is no suspend function
   */
  Observing(
      Engine engine,
      TargetSpec spec,
      Attributes attributes,
      Body body,
      MethodWatch watch,
      SuspendAdapter suspends) {
    this.engine = engine;
    this.spec = spec;
    this.attributes = attributes;
    this.watch = watch;
    this.suspends = suspends;
    this.cache = engine.cache(spec.lookup().cache());
    Partition partition = cache.partition(body.loader());
    this.variants = new Variants(engine.receivers(), engine.warnings(), spec, partition);
    this.home = partition.home;
    this.failures = new OwnFailures(spec, null);
    this.isThroughInterface = spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE);
  }

  /** The call that begins, whose end is to be told; null to think no more of it. */
  ObservedCall begin(Object receiver, Object[] arguments) {
    ObservedCall call = null;
    try {
      if (suspends != null && suspends.isResumption(arguments[arguments.length - 1])) {
        return null;
      }
      ObservedCall.reached(spec, receiver);
      if (attributes.policy().isOff()
          || ThreadMode.asked(ThreadMode.current()) == ThreadMode.Ask.BYPASS
          || !meetsCondition(arguments)
          || (!isThroughInterface && !watch.looksAtNext())) {
        cache.counters.bypassed.increment();
        return null;
      }
      call = new ObservedCall(this, spec, receiver, isThroughInterface);
      if (watch.wantsKey()) {
        makeKey(call, receiver, arguments);
      }
      call.bodyBegins();
      return call;
    } catch (Throwable ours) {
      failed(ours);
      if (call != null) {
        call.close();
      }
      return null;
    }
  }

  private boolean meetsCondition(Object[] arguments) {
    try {
      return attributes.condition() == null || attributes.condition().test(arguments, null);
    } catch (ExpressionException failed) {
      cache.counters.errors.increment();
      engine
          .warnings()
          .once(spec, "a call is not observed, since condition: {}", failed.getMessage());
      return false;
    }
  }

  private void makeKey(ObservedCall call, Object receiver, Object[] arguments) {
    long began = System.nanoTime();
    try {
      Variant variant = variants.of(receiver, attributes.policy().scope());
      if (variant == null) {
        watch.noKey(
            "the receiver differs from the first one of its class in its fields"
                + " (scope = shared or instance says what of it counts)");
        return;
      }
      long owner = ((long) variant.hash << 32) | (System.identityHashCode(variant) & 0xffffffffL);
      call.hasKey(
          attributes.keyTemplate() != null
              ? Fingerprints.ofParts(0, attributes.keyTemplate().render(arguments, null))
              : Fingerprints.ofParts(owner, attributes.arguments().parts(arguments)));
    } catch (CallArguments.Unkeyed unkeyed) {
      watch.noKey(
          "parameter "
              + attributes.parameterName(unkeyed.position())
              + ": "
              + unkeyed.getMessage());
    } catch (NoKeyException | ExpressionException noKey) {
      watch.noKey("its key: " + noKey.getMessage());
    }
    watch.tookForKey(System.nanoTime() - began);
  }

  /** The end of a body that has returned. */
  void returned(ObservedCall call, Object result) {
    long ended = System.nanoTime();
    try {
      switch (attributes.shape()) {
        case STAGE -> ofStage(call, (CompletionStage<?>) result, ended);
        case FUTURE -> ofFuture(call, result, ended);
        case SOURCE, STREAM -> ended(call, Outcome.UNKNOWN, 0, ended);
        case SUSPENDED -> ofSuspended(call, result, ended);
        case PLAIN, OPTIONAL -> ended(call, attributes.shape().unwrap(result), ended);
      }
    } catch (Throwable ours) {
      failed(ours);
    }
  }

  private void ofStage(ObservedCall call, CompletionStage<?> stage, long ended) {
    if (stage == null) {
      ended(call, null, ended);
      return;
    }
    stage.whenComplete(
        (value, failure) -> {
          long completed = System.nanoTime();
          try {
            if (failure == null) {
              ended(call, value, completed);
            } else {
              ended(call, Outcome.FAILED, 0, completed);
            }
          } catch (Throwable ours) {
            failed(ours);
          }
        });
  }

  private void ofFuture(ObservedCall call, Object result, long ended) {
    if (result instanceof CompletionStage<?> stage) {
      ofStage(call, stage, ended);
    } else if (result == null) {
      ended(call, null, ended);
    } else {
      watch.notCompared("the value of a " + Future.class.getName() + " is not waited for");
      ended(call, Outcome.UNKNOWN, 0, ended);
    }
  }

  private void ofSuspended(ObservedCall call, Object result, long ended) {
    if (result != null && result.getClass().getName().equals(SUSPENSION)) {
      watch.notCompared("the value of a suspend function that was suspended is not waited for");
      ended(call, Outcome.UNKNOWN, 0, ended);
    } else {
      ended(call, result, ended);
    }
  }

  /** A call has come to a value, which may be null. */
  private void ended(ObservedCall call, Object value, long ended) {
    Outcome outcome = value == null ? Outcome.NULL : Outcome.VALUE;
    if (value == null || !call.isKeyed()) {
      ended(call, outcome, 0, ended);
      return;
    }
    if (!watch.wantsResult(call.key())) {
      watch.passed(outcome, call.began(), ended);
      return;
    }
    long result = 0;
    try {
      result = engine.fingerprints().ofResult(value);
      if (watch.wantsToKeep()) {
        tryToKeep(value);
      }
    } catch (NoKeyException noValue) {
      watch.notCompared(noValue.getMessage());
      outcome = Outcome.UNKNOWN;
    }
    watch.tookForResult(System.nanoTime() - ended);
    ended(call, outcome, result, ended);
  }

  /** Looks whether memory could keep it; of few results, since a copy may be made. */
  private void tryToKeep(Object value) {
    try {
      engine.values().keep(value, attributes.policy().values(), home);
    } catch (UncacheableValue refused) {
      watch.cannotKeep(refused.getMessage());
    }
  }

  /** The end of a body that has thrown. */
  void threw(ObservedCall call) {
    try {
      ended(call, Outcome.FAILED, 0, System.nanoTime());
    } catch (Throwable ours) {
      failed(ours);
    }
  }

  private void ended(ObservedCall call, Outcome outcome, long result, long ended) {
    if (call.isKeyed()) {
      watch.ended(call.key(), outcome, result, call.began(), ended);
    } else {
      watch.ended(outcome, call.began(), ended);
    }
  }

  /** A call counts as one that was not looked up, unless it counts elsewhere. */
  void countCall() {
    cache.counters.bypassed.increment();
  }

  private void failed(Throwable ours) {
    cache.counters.errors.increment();
    failures.failed(ours, null);
  }
}
