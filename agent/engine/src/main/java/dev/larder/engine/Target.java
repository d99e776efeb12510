/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Puts puts;
  private final Evictions evictions;

  /**
   * A target.
   *
   * @param shape how the method gives its value
   * @param caching null where its calls are not looked up
   */
  Target(TargetSpec spec, ReturnShape shape, Caching caching, Puts puts, Evictions evictions) {
    this.spec = spec;
    this.shape = shape;
    this.caching = caching;
    this.puts = puts;
    this.evictions = evictions;
  }

  public TargetSpec spec() {
    return spec;
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
    try {
      evictions.before(arguments);
      Ticket ticket = caching == null ? null : caching.lookUp(this, receiver, arguments);
      if (ticket != null && ticket.answered) {
        if (ticket.hasRun) {
          evictions.after(arguments, ticket.answer);
        }
        return ticket;
      }
      if (puts.isEmpty() && evictions.isEmpty()) {
        return ticket;
      }
      return Ticket.running(
          this, receiver, arguments, ticket == null ? null : ticket.miss, puts.begin(arguments));
    } catch (Throwable failure) {
      failed(failure);
      return null;
    }
  }

  /** Whether a ticket holds the answer. */
  public static boolean answered(Object ticket) {
    return ticket != null && ((Ticket) ticket).answered;
  }

  /** The answer that a ticket holds; throws the exception that is kept in its place. */
  public static Object answer(Object ticket) throws Throwable {
    Ticket answered = (Ticket) ticket;
    if (answered.thrown != null) {
      throw answered.thrown;
    }
    return answered.answer;
  }

  /** The end of a body that has returned: what the caller gets. */
  public static Object exit(Object result, Object ticket) {
    Ticket running = (Ticket) ticket;
    return running == null || !running.end() ? result : running.target.returned(running, result);
  }

  private Object returned(Ticket ticket, Object result) {
    Object given = result;
    try {
      if (ticket.miss != null) {
        given = caching.end(ticket.miss, result, ticket.arguments);
      }
      if (shape == ReturnShape.STAGE && result instanceof CompletionStage<?> stage) {
        stage.whenComplete((value, failure) -> completed(ticket, value, failure));
      } else {
        completed(ticket, shape.unwrap(result), null);
      }
      return given;
    } catch (Throwable failure) {
      failed(failure);
      return given;
    }
  }

  /** Puts and evicts once the value is there; not where there is none. */
  private void completed(Ticket ticket, Object value, Throwable failure) {
    if (failure != null) {
      puts.failed(ticket.puts);
      return;
    }
    try {
      puts.end(ticket.puts, value, ticket.arguments);
      evictions.after(ticket.arguments, value);
    } catch (RuntimeException ours) {
      failed(ours);
    }
  }

  /** The end of a body that has thrown: throws the same, or gives what stands in for it. */
  public static Object fail(Throwable failure, Object ticket) throws Throwable {
    Ticket running = (Ticket) ticket;
    if (running == null || !running.end()) {
      throw failure;
    }
    Target target = running.target;
    Object instead = NONE;
    try {
      target.puts.failed(running.puts);
      if (running.miss != null) {
        instead = target.caching.fail(running.miss, failure);
      }
    } catch (Throwable ours) {
      target.failed(ours);
    }
    if (instead == NONE) {
      throw failure;
    }
    return instead;
  }

  /** What {@link Caching#fail} gives where nothing stands in for a failure. */
  static final Object NONE = new Object();

  private void failed(Throwable failure) {
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
  }

  /** A target of which nothing is left after a refusal. */
  static Target idle(Engine engine, TargetSpec spec) {
    return new Target(
        spec, ReturnShape.PLAIN, null, new Puts(engine, List.of()), new Evictions(engine, spec));
  }
}
