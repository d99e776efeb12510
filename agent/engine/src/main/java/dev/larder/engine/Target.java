/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.transaction.Transactions;
import dev.larder.engine.value.UncacheableValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target: a woven method, and what its call sites ask.
 *
 * <p>Nothing that goes wrong in here reaches the application: a question that fails is answered as
 * if Larder were not there.
 */
public final class Target {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");
  private static final MethodHandle NOTHING = MethodHandles.constant(Object.class, null);

  private final TargetSpec spec;
  private final ReturnShape shape;
  private final Caching caching;
  private final AtomicBoolean told = new AtomicBoolean();
  private final Body body;
  private final SourceCalls sources;
  private final SuspendCalls suspends;
  private final Puts puts;
  private final Evictions evictions;

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
    this.body = body;
    this.sources = sources;
    this.suspends = suspends;
    this.puts = puts;
    this.evictions = evictions;
  }

  public TargetSpec spec() {
    return spec;
  }

  /** Whether there is nothing to do at its calls but to count them. */
  public boolean isIdle() {
    return (caching == null || caching.isSwitchedOff()) && puts.isEmpty() && evictions.isEmpty();
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
    if (caching == null || !caching.isPlain()) {
      return MethodHandles.dropArguments(NOTHING, 0, type.parameterList());
    }
    return caching.hitSite().handle(type);
  }

  /** The miss site: a ticket; null to let the body run and think no more of it. */
  public Object miss(Object receiver, Object[] arguments) {
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
        if (answered.hasRun) {
          evictions.after(arguments, answered.answer, Transactions.current());
        }
        return answered.next == null ? answered : Ticket.answering(Stages.of(answered.next));
      }
      if (puts.isEmpty() && evictions.isEmpty()) {
        return ticket;
      }
      if (sources != null) {
        return Ticket.running(this, receiver, arguments, null);
      }
      return Ticket.running(
          this, receiver, arguments, Ticket.missOf(ticket), puts.begin(arguments));
    } catch (Throwable failure) {
      failed(failure, Ticket.missOf(ticket));
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
    Ticket.Running running = (Ticket.Running) ticket;
    return running == null || !running.end() ? result : running.target.returned(running, result);
  }

  private Object returned(Ticket.Running ticket, Object result) {
    Object given = result;
    boolean done = false;
    try {
      if (sources != null && result != null) {
        return sources.watched(this, ticket, result);
      }
      if (shape == ReturnShape.STAGE && result instanceof CompletionStage<?> stage) {
        return stageOf(ticket, stage);
      }
      if (shape == ReturnShape.FUTURE && result instanceof Future<?> future) {
        return futureOf(ticket, future);
      }
      if (ticket.miss != null) {
        given = caching.ends().end(ticket.miss, result, ticket.arguments);
      }
      done = true;
      done(ticket, shape.unwrap(result));
      return given;
    } catch (Throwable failure) {
      failed(failure, ticket.miss);
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
      failed(failure, null);
    }
  }

  private Object stageOf(Ticket.Running ticket, CompletionStage<?> given) {
    boolean aside = ticket.miss == null || caching.ends().stepsAside(ticket.miss, true);
    Ticket.Running kept = aside ? ticket.withoutMiss() : ticket;
    Loading loading = new Loading(this, kept, given, Asker.UNKNOWN);
    if (!loading.isWatched()) {
      return given;
    }
    return aside ? Stages.watch(given, loading) : Stages.lead(given, loading);
  }

  private Object futureOf(Ticket.Running ticket, Future<?> given) {
    boolean aside = ticket.miss == null || caching.ends().stepsAside(ticket.miss, true);
    Ticket.Running kept = aside ? ticket.withoutMiss() : ticket;
    Loading loading = new Loading(this, kept, given, Asker.UNKNOWN);
    return loading.isWatched() ? Futures.lead(given, loading) : given;
  }

  /** Puts and evicts once the value is there. */
  private void done(Ticket.Running ticket, Object value) {
    puts.end(ticket.puts, value, ticket.arguments);
    evictions.after(ticket.arguments, value, ticket.transaction);
  }

  /** The first step of a subscriber to what a call has given. */
  Step first(Object receiver, Object[] arguments, Asker asker) {
    try {
      evictions.before(arguments);
      Ticket ticket =
          caching == null ? null : caching.lookUps().lookUp(this, receiver, arguments, asker);
      return step(ticket, receiver, arguments, asker);
    } catch (Throwable failure) {
      failed(failure, null);
      Ticket.Running running = Ticket.running(this, receiver, arguments, null);
      return Step.run(new Loading(this, running, null, asker));
    }
  }

  /** The step that a follower has come to; where that fails, to run the body. */
  Step after(Call call, Supplier<Step> step) {
    try {
      return step.get();
    } catch (Throwable failure) {
      failed(failure, null);
      Ticket.Running running = Ticket.running(this, call.receiver(), call.arguments(), null);
      return Step.run(new Loading(this, running, null, call.asker()));
    }
  }

  /** The step that a look-up has come to, of a caller for which no thread waits. */
  Step step(Ticket ticket, Call call) {
    return step(ticket, call.receiver(), call.arguments(), call.asker());
  }

  private Step step(Ticket ticket, Object receiver, Object[] arguments, Asker asker) {
    if (ticket instanceof Ticket.Answer answered) {
      if (answered.next != null) {
        return answered.next;
      }
      return answered.thrown == null ? Step.give(answered.answer) : Step.fail(answered.thrown);
    }
    Miss miss = Ticket.missOf(ticket);
    try {
      Ticket.Running running =
          Ticket.running(this, receiver, arguments, miss, puts.begin(arguments));
      return Step.run(new Loading(this, running, null, asker));
    } catch (Throwable failure) {
      giveUp(miss);
      throw failure;
    }
  }

  /** The step of a subscriber to what a body has given that is looked up nowhere. */
  Step again(Ticket.Running ticket, Object given) {
    try {
      evictions.before(ticket.arguments);
      Ticket.Running running =
          Ticket.running(
              this, ticket.receiver, ticket.arguments, null, puts.begin(ticket.arguments));
      return Step.run(new Loading(this, running, given, Asker.UNKNOWN));
    } catch (Throwable failure) {
      failed(failure, null);
      return Step.run(new Loading(this, ticket, given, Asker.UNKNOWN));
    }
  }

  /** Runs the body of a later value for nobody but the cache. */
  void load(Ticket.Running ticket, Call call) throws Throwable {
    Asker asker = call.withoutThread().asker();
    Loading loading =
        new Loading(this, ticket, null, new Asker(null, List.of(), asker.context(), asker.ask()));
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
    return body.run(this, ticket.receiver, arguments);
  }

  boolean stepsAside(Miss miss, boolean returned) {
    return caching.ends().stepsAside(miss, returned);
  }

  /** Whether calls remove nothing. */
  boolean evictsNothing() {
    return evictions.isEmpty();
  }

  /** The value of a run has come, and is to be shared where there is a miss. */
  void loaded(Ticket.Running ticket, Miss miss, Object value) {
    try {
      if (miss != null) {
        caching.ends().loaded(miss, value, ticket.arguments);
      }
      done(ticket, value);
    } catch (Throwable ours) {
      failed(ours, miss);
    }
  }

  /** A run has ended well whose value is too much to be kept. */
  void loadedTooMuch(Ticket.Running ticket) {
    try {
      puts.endWithNothing(ticket.puts, ticket.arguments);
      evictions.after(ticket.arguments, null, ticket.transaction);
    } catch (Throwable ours) {
      failed(ours, null);
    }
  }

  /**
   * A run has failed: what its caller gets.
   *
   * @param given as what a stage or a Future gave it; null where the call threw it
   */
  Step notLoaded(Ticket.Running ticket, Miss miss, Throwable failure, Throwable given) {
    try {
      puts.failed(ticket.puts);
      return miss == null ? Step.fail(failure) : caching.ends().notLoaded(miss, failure, given);
    } catch (Throwable ours) {
      failed(ours, miss);
      return Step.fail(failure);
    }
  }

  /** A run has failed of whose value its caller has had a part: there is nothing to stand in. */
  void brokenOff(Ticket.Running ticket, Miss miss, Throwable failure) {
    try {
      puts.failed(ticket.puts);
      if (miss != null) {
        caching.ends().brokenOff(miss, failure);
      }
    } catch (Throwable ours) {
      failed(ours, miss);
    }
  }

  /** What a run gives is its caller's alone. */
  void notShared(Miss miss) {
    try {
      caching.ends().notShared(miss);
    } catch (Throwable ours) {
      failed(ours, miss);
    }
  }

  /** Nobody wants what a run gives. */
  void abandoned(Ticket.Running ticket, Miss miss) {
    try {
      puts.failed(ticket.puts);
      if (miss != null) {
        caching.ends().abandon(miss);
      }
    } catch (Throwable ours) {
      failed(ours, miss);
    }
  }

  /** An element as a value will hold it; as it is where no cache of this target's keeps it. */
  Object keep(Object element) throws UncacheableValue {
    return caching == null ? element : caching.ends().keep(element);
  }

  /** The end of a body that has thrown: throws the same, or gives what stands in for it. */
  public static Object fail(Throwable failure, Object ticket) throws Throwable {
    Ticket.Running running = (Ticket.Running) ticket;
    if (running == null || !running.end()) {
      throw failure;
    }
    Target target = running.target;
    Object instead = NONE;
    try {
      target.puts.failed(running.puts);
      if (running.miss != null) {
        instead = target.caching.ends().fail(running.miss, failure);
      }
    } catch (Throwable ours) {
      target.failed(ours, running.miss);
    }
    if (instead == NONE) {
      throw failure;
    }
    return instead;
  }

  /** What {@link Caching#fail} gives where nothing stands in for a failure. */
  static final Object NONE = new Object();

  /**
   * Tells that Larder has failed, and leaves nobody waiting for it.
   *
   * @param miss what it was to end; null for none
   */
  private void failed(Throwable failure, Miss miss) {
    giveUp(miss);
    try {
      if (caching != null) {
        caching.cache().counters.errors.increment();
      }
      if (told.compareAndSet(false, true)) {
        LOG.error(
            "{}: Larder failed, and the call runs uncached; further failures of this method are"
                + " counted, and logged at debug",
            spec.displayName(),
            failure);
      } else {
        LOG.debug("{}: Larder failed, and the call runs uncached", spec.displayName(), failure);
      }
    } catch (VirtualMachineError again) {
      // There is too little of the stack or of the heap left to tell it: the call goes on.
    }
  }

  private void giveUp(Miss miss) {
    try {
      if (miss != null) {
        caching.ends().giveUp(miss);
      }
    } catch (RuntimeException | VirtualMachineError again) {
      caching.cache().counters.errors.increment(); // the next to fail tells it
    }
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
