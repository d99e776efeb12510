/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.value.Differences;
import dev.larder.spi.Timeouts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sample of one target's hits whose body is run again, behind the caller's back, to see whether
 * what they gave is still so.
 *
 * <p>A value that differs is not stale yet: whoever changes something evicts after the change, and
 * the body may have run between the two. So the entry has to be there still a moment later.
 */
final class Verification {

  /** How long whoever has changed something may take to evict: a commit, and then some. */
  static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();
  private static final MethodHandle IS_CHOSEN = find("isChosen", boolean.class, Object.class);
  private static final MethodHandle AGAIN =
      find("again", Object.class, Target.class, Object.class, Object.class, Object[].class);

  private final Engine engine;
  private final Caching caching;
  private final Attributes attributes;
  private final Body body;
  private final RemoteTiers remote;
  private final LookUps lookUps;
  private final NewEntries entries;
  private final Errands errands;
  private final Differences differences;

  /** Of the numbers below {@code 2^31}, those below this one choose a hit. */
  private final long chosenBelow;

  private Verification(
      Engine engine,
      Caching caching,
      Attributes attributes,
      Body body,
      RemoteTiers remote,
      LookUps lookUps,
      NewEntries entries,
      Errands errands,
      double share) {
    this.engine = engine;
    this.caching = caching;
    this.attributes = attributes;
    this.body = body;
    this.remote = remote;
    this.lookUps = lookUps;
    this.entries = entries;
    this.errands = errands;
    this.differences = new Differences(engine.access());
    this.chosenBelow = Math.round(share * (1L << 31));
  }

  /** The verification of a target; null where none of its hits is to be verified. */
  static Verification of(
      Engine engine,
      Caching caching,
      Attributes attributes,
      Body body,
      RemoteTiers remote,
      LookUps lookUps,
      NewEntries entries,
      Errands errands) {
    double share = engine.policies().verify();
    ReturnShape shape = attributes.shape();
    boolean canRun = !shape.isLater() || shape == ReturnShape.STAGE;
    return share > 0 && canRun && attributes.batch() == null && !attributes.policy().isOff()
        ? new Verification(
            engine, caching, attributes, body, remote, lookUps, entries, errands, share)
        : null;
  }

  /**
   * A hit site whose hits are chosen from.
   *
   * @param hit {@code (receiver, arguments)Object}, without the receiver of a static method
   */
  MethodHandle around(MethodHandle hit, Target target) {
    MethodType given = hit.type().insertParameterTypes(0, Object.class);
    boolean isStatic = target.spec().isStatic();
    MethodHandle again = MethodHandles.insertArguments(AGAIN.bindTo(this), 0, target);
    if (isStatic) {
      again = MethodHandles.insertArguments(again, 1, (Object) null);
    }
    int count = hit.type().parameterCount() - (isStatic ? 0 : 1);
    MethodHandle asIs =
        MethodHandles.dropArguments(
            MethodHandles.identity(Object.class), 1, hit.type().parameterList());
    return MethodHandles.foldArguments(
        MethodHandles.guardWithTest(
            IS_CHOSEN.bindTo(this), again.asCollector(Object[].class, count).asType(given), asIs),
        hit);
  }

  @SuppressWarnings("unused") // by IS_CHOSEN
  private boolean isChosen(Object value) {
    return value != null && isChosen();
  }

  /** Whether a hit is one of the sample. */
  boolean isChosen() {
    return (ThreadLocalRandom.current().nextInt() & Integer.MAX_VALUE) < chosenBelow;
  }

  /** Has a hit of the hit site verified, and gives what it gave. */
  @SuppressWarnings("unused") // by AGAIN
  private Object again(Target target, Object value, Object receiver, Object[] arguments) {
    try {
      Call call = lookUps.call(target, receiver, arguments, null);
      Entry entry = call == null ? null : lookUps.find(call);
      if (entry != null) {
        verify(call, entry);
      }
    } catch (Throwable ours) {
      failed(ours);
    }
    return value;
  }

  /** Has a hit within its time verified, if it is chosen. */
  void hit(Call call, Entry entry) {
    if (isChosen()) {
      verify(call, entry);
    }
  }

  private void verify(Call inside, Entry entry) {
    boolean mayBeNewer = inside.transaction() != null && inside.transaction().mayWrite();
    if (mayBeNewer || entry.value instanceof Thrown || !engine.verifying().tryAcquire()) {
      return;
    }
    Call call = inside.outside();
    if (!errands.runInBackground(() -> compareAnew(call, entry))) {
      engine.verifying().release();
    }
  }

  private void compareAnew(Call call, Entry served) {
    boolean goesOn = false;
    try {
      Entry held = remote == null ? served : heldRemotely(call);
      if (held == null || !isCalledAsBefore(call)) {
        return;
      }
      Object result = ThreadMode.run(body, call.target(), call.receiver(), call.arguments());
      if (attributes.shape() == ReturnShape.STAGE) {
        if (result != null) {
          compareLater((CompletionStage<?>) result, call, held);
          goesOn = true;
        }
      } else {
        compare(call, held, attributes.shape().unwrap(result));
      }
    } catch (Throwable failure) { // where the body gives nothing there is nothing to compare
      failed(failure);
    } finally {
      if (!goesOn) {
        engine.verifying().release();
      }
    }
  }

  /**
   * Compares what a stage completes with; one that never does holds its permit for a time alone.
   */
  private void compareLater(CompletionStage<?> stage, Call call, Entry held) {
    AtomicBoolean released = new AtomicBoolean();
    Runnable release =
        () -> {
          if (released.compareAndSet(false, true)) {
            engine.verifying().release();
          }
        };
    stage.whenComplete(
        (value, failure) -> {
          release.run();
          if (failure == null) {
            errands.runSoon(() -> compareOrFail(call, held, value));
          }
        });
    Timeouts.later(TimeUnit.MILLISECONDS.toNanos(caching.waitMillis()), release);
  }

  private void compareOrFail(Call call, Entry held, Object value) {
    try {
      compare(call, held, value);
    } catch (Throwable ours) {
      failed(ours);
    }
  }

  private boolean isCalledAsBefore(Call call) throws Exception {
    return call.key().equals(lookUps.key(call.variant(), call.arguments()));
  }

  private void compare(Call call, Entry held, Object value) {
    Entry made = entries.of(call.variant(), value, call.arguments(), Clock.precise());
    String difference = difference(held.value, made == null ? value : made.value);
    if (difference == null) {
      caching.cache().counters.verified.increment();
    } else {
      Timeouts.later(GRACE_NANOS, () -> errands.runSoon(() -> report(call, held, difference)));
    }
  }

  /** Reports a difference, unless somebody has removed or replaced the entry meanwhile. */
  private void report(Call call, Entry held, String difference) {
    try {
      if (Clock.precise() < held.deadline() && !isStillHeld(call, held)) {
        return;
      }
      Counters counters = caching.cache().counters;
      counters.verified.increment();
      counters.differing.increment();
      engine.warnings().stale(caching.spec(), difference);
    } catch (Throwable ours) {
      failed(ours);
    }
  }

  private boolean isStillHeld(Call call, Entry held) {
    if (remote == null) {
      return lookUps.find(call) == held;
    }
    Entry now = heldRemotely(call);
    return now != null && differences.between(held.value, now.value) == null;
  }

  private Entry heldRemotely(Call call) {
    RemoteTier.Seen seen = remote.of(call.variant()).find(call.key(), false);
    return seen == null || !seen.isServed() ? null : seen.entry();
  }

  /**
   * Where two values differ first; null where they are equal by value. What makes no part of a key,
   * as a field that is worked out when it is first asked for, makes no difference.
   */
  private String difference(Object held, Object made) {
    String difference = differences.between(held, made);
    if (difference != null && held != null && made != null) {
      try {
        if (engine.keyParts().part(held).equals(engine.keyParts().part(made))) {
          return null;
        }
      } catch (NoKeyException noValue) {
        return difference; // it counts field by field
      }
    }
    return difference;
  }

  private void failed(Throwable failure) {
    engine.warnings().verificationFailed(caching.spec(), failure);
  }

  private static MethodHandle find(String name, Class<?> returned, Class<?>... parameters) {
    try {
      return HERE.findVirtual(
          Verification.class, name, MethodType.methodType(returned, parameters));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }
}
