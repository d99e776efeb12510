/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Body;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.value.UncacheableValue;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * The runs of a target whose value comes after its call has returned: what those who want the value
 * are to do next, and what becomes of what a run gives.
 */
final class LaterRuns {

  private final Target target;
  private final ReturnShape shape;
  private final Caching caching;
  private final Body body;
  private final SourceCalls sources;
  private final SuspendCalls suspends;
  private final Puts puts;
  private final Evictions evictions;
  private final OwnFailures failures;

  LaterRuns(
      Target target,
      ReturnShape shape,
      Caching caching,
      Body body,
      SourceCalls sources,
      SuspendCalls suspends,
      Puts puts,
      Evictions evictions,
      OwnFailures failures) {
    this.target = target;
    this.shape = shape;
    this.caching = caching;
    this.body = body;
    this.sources = sources;
    this.suspends = suspends;
    this.puts = puts;
    this.evictions = evictions;
    this.failures = failures;
  }

  /** What a caller gets of a stage that a body has given. */
  Object stageOf(Ticket.Running ticket, CompletionStage<?> given) {
    boolean aside = ticket.miss == null || caching.ends().stepsAside(ticket.miss, true);
    Ticket.Running kept = aside ? ticket.withoutMiss() : ticket;
    Loading loading = new Loading(this, kept, given, Asker.UNKNOWN);
    if (!loading.isWatched()) {
      return given;
    }
    return aside ? Stages.watch(given, loading) : Stages.lead(given, loading);
  }

  /** What a caller gets of a Future that a body has given. */
  Object futureOf(Ticket.Running ticket, Future<?> given) {
    boolean aside = ticket.miss == null || caching.ends().stepsAside(ticket.miss, true);
    Ticket.Running kept = aside ? ticket.withoutMiss() : ticket;
    Loading loading = new Loading(this, kept, given, Asker.UNKNOWN);
    return loading.isWatched() ? Futures.lead(given, loading) : given;
  }

  /** The first step of a subscriber to what a call has given. */
  Step first(Object receiver, Object[] arguments, Asker asker) {
    try {
      evictions.before(arguments);
      Ticket ticket =
          caching == null ? null : caching.lookUps().lookUp(target, receiver, arguments, asker);
      if (ticket instanceof Ticket.Answer answered) {
        return step(answered);
      }
      return run(beginning(receiver, arguments, Ticket.missOf(ticket), asker), asker);
    } catch (Throwable failure) {
      failures.failed(failure, null);
      return run(Ticket.running(target, receiver, arguments, null), asker);
    }
  }

  /** The step that a follower has come to; where that fails, to run the body. */
  Step after(Call call, Supplier<Step> step) {
    try {
      return step.get();
    } catch (Throwable failure) {
      failures.failed(failure, null);
      return run(Ticket.running(call, null), call.asker());
    }
  }

  /** The step that a look-up has come to, of a caller for which no thread waits. */
  Step step(Ticket ticket, Call call) {
    return ticket instanceof Ticket.Answer answered
        ? step(answered)
        : run(Ticket.running(call, Ticket.missOf(ticket)), call.asker());
  }

  private static Step step(Ticket.Answer answered) {
    if (answered.next != null) {
      return answered.next;
    }
    return answered.thrown == null ? Step.give(answered.answer) : Step.fail(answered.thrown);
  }

  private Step run(Ticket.Running running, Asker asker) {
    return Step.run(new Loading(this, running, null, asker));
  }

  /** A run that begins with its call, on the thread of that. */
  private Ticket.Running beginning(Object receiver, Object[] arguments, Miss miss, Asker asker) {
    try {
      return Ticket.running(
          target, receiver, arguments, miss, begunPuts(receiver, arguments, asker.ask()));
    } catch (Throwable failure) {
      failures.giveUp(miss);
      throw failure;
    }
  }

  private List<Puts.Running> begunPuts(
      Object receiver, Object[] arguments, ThreadMode.Ask atTheCall) {
    return puts.isEmpty()
        ? List.of()
        : puts.begin(receiver, arguments, ThreadMode.asked(ThreadMode.current(), atTheCall));
  }

  /**
   * The step of a subscriber to what a body has given that is looked up nowhere.
   *
   * @param ask what was asked for when the call was made
   */
  Step again(Ticket.Running ticket, Object given, ThreadMode.Ask ask) {
    try {
      evictions.before(ticket.arguments);
      Ticket.Running running =
          Ticket.running(
                  target,
                  ticket.receiver,
                  ticket.arguments,
                  null,
                  ticket.hasLeftPuts() || puts.isEmpty()
                      ? List.of()
                      : puts.begin(
                          ticket.receiver,
                          ticket.arguments,
                          ThreadMode.asked(ThreadMode.current(), ask),
                          ticket.origins()))
              .around(ticket.open());
      return Step.run(new Loading(this, running, given, Asker.UNKNOWN));
    } catch (Throwable failure) {
      failures.failed(failure, null);
      return Step.run(new Loading(this, ticket, given, Asker.UNKNOWN));
    }
  }

  /** Runs the body of a later value for nobody but the cache. */
  void load(Ticket.Running ticket, Call call) throws Throwable {
    Asker asker = call.withoutThread(Handlers.Call.UNOBSERVED).asker();
    Loading loading =
        new Loading(
            this,
            ticket,
            null,
            new Asker(null, List.of(), asker.context(), asker.ask(), asker.observer()));
    if (sources != null) {
      sources.load(loading);
    } else if (suspends != null) {
      suspends.load(loading);
    } else if (shape == ReturnShape.FUTURE) {
      Futures.load(loading, caching.waitMillis());
    } else {
      Stages.of(Step.run(loading));
    }
  }

  Object runBody(Ticket.Running ticket, Object[] arguments) throws Throwable {
    return ThreadMode.run(body, target, ticket.receiver, arguments);
  }

  boolean stepsAside(Miss miss, boolean returned) {
    return caching.ends().stepsAside(miss, returned);
  }

  /** The value of a run has come, and is to be shared where there is a miss. */
  void loaded(Ticket.Running ticket, Miss miss, Object value) {
    try {
      if (miss != null) {
        caching.ends().loaded(miss, value, ticket.arguments);
      }
      if (!ticket.isInBackground()) {
        target.done(ticket, value);
      }
    } catch (Throwable ours) {
      failures.failed(ours, miss);
    }
  }

  /** A run has ended well whose value is too much to be kept. */
  void loadedTooMuch(Ticket.Running ticket) {
    try {
      if (!ticket.isInBackground()) {
        puts.endWithNothing(ticket.puts(), ticket.arguments, ticket.open());
        evictions.after(ticket.arguments, null, ticket.transaction);
      }
    } catch (Throwable ours) {
      failures.failed(ours, null);
    }
  }

  /**
   * A run has failed: what its caller gets.
   *
   * @param given as what a stage or a Future gave it; null where the call threw it
   */
  Step notLoaded(Ticket.Running ticket, Miss miss, Throwable failure, Throwable given) {
    try {
      ticket.dropPuts();
      return miss == null ? Step.fail(failure) : caching.ends().notLoaded(miss, failure, given);
    } catch (Throwable ours) {
      failures.failed(ours, miss);
      return Step.fail(failure);
    }
  }

  /** A run has failed of whose value its caller has had a part: there is nothing to stand in. */
  void brokenOff(Ticket.Running ticket, Miss miss, Throwable failure) {
    try {
      ticket.dropPuts();
      if (miss != null) {
        caching.ends().brokenOff(miss, failure);
      }
    } catch (Throwable ours) {
      failures.failed(ours, miss);
    }
  }

  /** What a run gives is its caller's alone. */
  void notShared(Miss miss) {
    try {
      caching.ends().notShared(miss);
    } catch (Throwable ours) {
      failures.failed(ours, miss);
    }
  }

  /** Nobody wants what a run gives. */
  void abandoned(Ticket.Running ticket, Miss miss) {
    try {
      ticket.dropPuts();
      if (miss != null) {
        caching.ends().abandon(miss);
      }
    } catch (Throwable ours) {
      failures.failed(ours, miss);
    }
  }

  /** An element as a value will hold it; as it is where no cache of this target's keeps it. */
  Object keep(Object element) throws UncacheableValue {
    return caching == null ? element : caching.ends().keep(element);
  }
}
