/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Body;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.TargetSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * A target: a woven method, and what its call sites ask.
 *
 * <p>Nothing that goes wrong in here reaches the application: a question that fails is answered as
 * if Larder were not there.
 */
public final class Target {

  private static final MethodHandle NOTHING = MethodHandles.constant(Object.class, null);

  private final TargetSpec spec;
  private final ReturnShape shape;
  private final Caching caching;
  private final SourceCalls sources;
  private final SuspendCalls suspends;
  private final Puts puts;
  private final Evictions evictions;
  private final OwnFailures failures;

  /** Whether a put of it may be that of another target, which it reaches or which reaches it. */
  private final boolean putsByInterface;

  /** Null where calls give their value themselves. */
  private final LaterRuns later;

  /** Null but where calls are observed in place of all else. */
  private final Observing observing;

  /**
   * A target.
   *
   * @param shape how the method gives its value
   * @param caching null where its calls are not looked up
   * @param body null where it is never run by Larder
   * @param sources null where the method gives no source
   * @param suspends null where it is no suspend function
   */
  Target(
      TargetSpec spec,
      ReturnShape shape,
      Caching caching,
      Body body,
      SourceCalls sources,
      SuspendCalls suspends,
      Puts puts,
      Evictions evictions) {
    this.spec = spec;
    this.shape = shape;
    this.caching = caching;
    this.sources = sources;
    this.suspends = suspends;
    this.puts = puts;
    this.evictions = evictions;
    this.failures = new OwnFailures(spec, caching);
    this.putsByInterface = !puts.isEmpty() && !spec.contracts().isEmpty();
    this.later =
        shape.isLater()
            ? new LaterRuns(
                this, shape, caching, body, sources, suspends, puts, evictions, failures)
            : null;
    this.observing = null;
  }

  /** A target whose calls are observed, and nothing else. */
  Target(Engine engine, TargetSpec spec, Observing observing) {
    this.spec = spec;
    this.shape = ReturnShape.PLAIN;
    this.caching = null;
    this.sources = null;
    this.suspends = null;
    this.puts = new Puts(engine, List.of());
    this.evictions = new Evictions(engine, spec);
    this.failures = new OwnFailures(spec, null);
    this.putsByInterface = false;
    this.later = null;
    this.observing = observing;
  }

  public TargetSpec spec() {
    return spec;
  }

  /** Whether there is nothing to do at its calls but to count them. */
  public boolean isIdle() {
    return observing == null
        && (caching == null || caching.isSwitchedOff())
        && puts.isEmpty()
        && evictions.isEmpty();
  }

  /** Its runs whose value comes later; null where calls give their value themselves. */
  LaterRuns later() {
    return later;
  }

  /** Its look-ups; null where its calls are not looked up. */
  Caching caching() {
    return caching;
  }

  /**
   * What the hit site of this target calls.
   *
   * @param type {@code (receiver, arguments)Object}, without the receiver of a static method
   */
  public MethodHandle hitHandle(MethodType type) throws ReflectiveOperationException {
    return hitHandle(type, false);
  }

  /**
   * The same.
   *
   * @param tells whether it is to tell of each hit
   */
  public MethodHandle hitHandle(MethodType type, boolean tells)
      throws ReflectiveOperationException {
    if (caching == null || !caching.isPlain() || !evictions.isEmpty()) {
      return MethodHandles.dropArguments(NOTHING, 0, type.parameterList());
    }
    MethodHandle site = caching.hitSite().handle(type);
    MethodHandle hit = tells ? caching.telling(site) : site;
    Verification verification = caching.verification();
    return verification == null ? hit : verification.around(hit, this);
  }

  /** The miss site: a ticket; null to let the body run and think no more of it. */
  public Object miss(Object receiver, Object[] arguments) {
    if (observing != null) {
      return observing.begin(receiver, arguments);
    }
    ThreadMode mode = ThreadMode.current();
    if (mode != null && mode.isExpectedBody(this)) {
      return null;
    }
    Ticket ticket = null;
    try {
      if (suspends != null) {
        return suspends.call(this, receiver, arguments);
      }
      if (sources != null && caching != null) {
        return sources.call(this, receiver, arguments);
      }
      evictions.before(arguments);
      if (caching != null) {
        ticket = mode == null ? caching.joins().miss(this, receiver, arguments) : null;
        ticket =
            ticket == null ? caching.lookUps().lookUp(this, receiver, arguments, null) : ticket;
      }
      if (ticket instanceof Ticket.Answer answered) {
        return answered.next == null ? answered : Ticket.answering(Stages.of(answered.next));
      }
      if (puts.isEmpty() && evictions.isEmpty()) {
        return ticket;
      }
      Ticket.Running running =
          sources != null
              ? Ticket.running(this, receiver, arguments, null)
                  .since(puts.origins(ThreadMode.asked(mode)))
              : Ticket.running(
                  this,
                  receiver,
                  arguments,
                  Ticket.missOf(ticket),
                  puts.begin(receiver, arguments, ThreadMode.asked(mode)));
      return putsByInterface ? running.around(ThreadMode.openPut(spec, receiver)) : running;
    } catch (Throwable failure) {
      failures.failed(failure, Ticket.missOf(ticket));
      return null;
    }
  }

  /** Whether a ticket holds the answer. */
  public static boolean answered(Object ticket) {
    return ticket instanceof Ticket.Answer;
  }

  /** The answer that a ticket holds; throws the exception that is kept in its place. */
  public static Object answer(Object ticket) throws Throwable {
    Ticket.Answer answered = (Ticket.Answer) ticket;
    if (answered.thrown != null) {
      throw answered.thrown;
    }
    return answered.answer;
  }

  /** The end of a body that has returned: what the caller gets. */
  public static Object exit(Object result, Object ticket) {
    if (ticket instanceof ObservedCall observed) {
      observed.returned(result);
      return result;
    }
    Ticket.Running running = (Ticket.Running) ticket;
    return running == null || !running.end() ? result : running.target.returned(running, result);
  }

  private Object returned(Ticket.Running ticket, Object result) {
    Object given = result;
    boolean done = false;
    try {
      ticket.close();
      if (sources != null && result != null) {
        return sources.watched(this, ticket, result);
      }
      if (shape == ReturnShape.STAGE && result instanceof CompletionStage<?> stage) {
        return later.stageOf(ticket, stage);
      }
      if (shape == ReturnShape.FUTURE && result instanceof Future<?> future) {
        return later.futureOf(ticket, future);
      }
      if (ticket.miss != null) {
        given = caching.ends().end(ticket.miss, result, ticket.arguments);
      }
      done = true;
      done(ticket, shape.unwrap(result));
      return given;
    } catch (Throwable failure) {
      failures.failed(failure, ticket.miss);
      if (!done) {
        doneAfterFailure(ticket, result);
      }
      return given;
    }
  }

  /** A look-up whose end has failed keeps no put or eviction of its call from being done. */
  private void doneAfterFailure(Ticket.Running ticket, Object result) {
    try {
      done(ticket, shape.unwrap(result));
    } catch (Throwable failure) {
      failures.failed(failure, null);
    }
  }

  /** Puts and evicts once the value is there. */
  void done(Ticket.Running ticket, Object value) {
    puts.end(ticket.puts(), value, ticket.arguments, ticket.open());
    evictions.after(ticket.arguments, value, ticket.transaction);
  }

  /** Evicts for a call whose answer was there, and whose body does not run; on any thread. */
  void answered(Call call, Object value) {
    if (!evictions.isEmpty()) {
      evictions.after(call.arguments(), value, call.transaction());
    }
  }

  /** Whether calls remove nothing. */
  boolean evictsNothing() {
    return evictions.isEmpty();
  }

  /** The end of a body that has thrown: throws the same, or gives what stands in for it. */
  public static Object fail(Throwable failure, Object ticket) throws Throwable {
    if (ticket instanceof ObservedCall observed) {
      observed.threw();
      throw failure;
    }
    Ticket.Running running = (Ticket.Running) ticket;
    if (running == null || !running.end()) {
      throw failure;
    }
    Target target = running.target;
    Object instead = Ends.NONE;
    try {
      running.close();
      running.dropPuts();
      if (running.miss != null) {
        instead = target.caching.ends().fail(running.miss, failure);
      }
    } catch (Throwable ours) {
      target.failures.failed(ours, running.miss);
    }
    if (instead == Ends.NONE) {
      throw failure;
    }
    return instead;
  }

  /** A target of which nothing is left after a refusal. */
  static Target idle(Engine engine, TargetSpec spec) {
    return new Target(
        spec,
        ReturnShape.PLAIN,
        null,
        null,
        null,
        null,
        new Puts(engine, List.of()),
        new Evictions(engine, spec));
  }
}
