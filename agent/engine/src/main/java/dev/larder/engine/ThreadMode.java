/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Body;
import dev.larder.engine.method.TargetSpec;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is out of the ordinary on a thread: a bypass or a refresh that the application asked for, a
 * background run of a body, or calls whose place among proxies is being learnt.
 *
 * <p>A hit must not pay for it. So all threads count what they do in {@link #UNUSUAL}, and only
 * while that is not zero does a hit site look at its own thread, and leave the call to the miss
 * site if there is anything.
 */
final class ThreadMode {

  /**
   * How many scopes are open on all threads together, and transactions that have touched something;
   * read by every hit, written by few.
   */
  private static final AtomicInteger UNUSUAL = new AtomicInteger();

  private static final ThreadLocal<ThreadMode> CURRENT = new ThreadLocal<>();

  /** What the innermost scope asks for. */
  enum Ask {
    NOTHING,
    BYPASS,
    REFRESH
  }

  private Ask ask = Ask.NOTHING;

  /** How many scopes are open on this thread. */
  private int scopes;

  private Target body;
  private OpenCall innermost;
  private OpenPut innermostPut;

  private ThreadMode() {}

  /** Whether this thread does anything out of the ordinary. */
  static boolean unusual() {
    return UNUSUAL.get() != 0 && isHere();
  }

  private static boolean isHere() {
    ThreadMode mode = CURRENT.get();
    return (mode != null && mode.scopes > 0) || TransactionWork.isUnusualHere();
  }

  /** Counts a transaction that has put or removed something; whichever thread's it is. */
  static void touched(int change) {
    UNUSUAL.addAndGet(change);
  }

  /** The current thread's; null where it has none. */
  static ThreadMode current() {
    return CURRENT.get();
  }

  /** Opens a bypass or refresh scope, and gives what {@link #leave} must put back. */
  static Ask enter(Ask ask) {
    ThreadMode mode = currentOrNew();
    Ask before = mode.ask;
    mode.ask = ask;
    mode.count(1);
    return before;
  }

  /** Closes a scope. */
  static void leave(Ask before) {
    ThreadMode mode = currentOrNew();
    mode.ask = before;
    mode.count(-1);
    mode.dropIfEmpty();
  }

  Ask ask() {
    return ask;
  }

  /** What is asked for on a thread, which may have no mode. */
  static Ask asked(ThreadMode mode) {
    return mode == null ? Ask.NOTHING : mode.ask;
  }

  /** What was asked for when a call was made; where that is nothing, what is on this thread. */
  static Ask asked(ThreadMode mode, Ask atTheCall) {
    return atTheCall == Ask.NOTHING ? asked(mode) : atTheCall;
  }

  /**
   * Runs the body of a target, with a mark on the thread by which its call sites let it through;
   * what it throws comes through as it is.
   */
  static Object run(Body body, Target target, Object receiver, Object[] arguments)
      throws Throwable {
    expectBody(target);
    try {
      return body.run(receiver, arguments);
    } finally {
      forgetBody();
    }
  }

  /** Marks that the next call of a target on this thread is Larder's own run of its body. */
  private static void expectBody(Target target) {
    ThreadMode mode = currentOrNew();
    mode.body = target;
    mode.count(1);
  }

  /**
   * Whether this call is Larder's own run of the body; it is the only one that the mark is for. By
   * the method: another target may have taken its place since.
   */
  boolean isExpectedBody(Target target) {
    if (body == null || !body.spec().isOfSameMethod(target.spec())) {
      return false;
    }
    body = null;
    count(-1);
    return true;
  }

  /** Takes the mark back where the body was never reached. */
  private static void forgetBody() {
    ThreadMode mode = CURRENT.get();
    if (mode != null && mode.body != null) {
      mode.body = null;
      mode.count(-1);
      mode.dropIfEmpty();
    }
  }

  /** A call through an interface that has not returned yet. */
  static final class OpenCall {
    private final CachedTarget target;
    private final Object receiver;
    private final boolean learning;
    private final OpenCall outer;
    private boolean reachedAnother;

    private OpenCall(CachedTarget target, Object receiver, boolean learning, OpenCall outer) {
      this.target = target;
      this.receiver = receiver;
      this.learning = learning;
      this.outer = outer;
    }

    boolean reachedAnother() {
      return reachedAnother;
    }
  }

  /**
   * Notes that the body of a call through an interface begins.
   *
   * @param learning whether it is not yet known if it reaches another target, so that hits must say
   *     that they are reached as well
   */
  static OpenCall open(CachedTarget target, Object receiver, boolean learning) {
    ThreadMode mode = currentOrNew();
    OpenCall call = new OpenCall(target, receiver, learning, mode.innermost);
    mode.innermost = call;
    if (learning) {
      mode.count(1);
    }
    return call;
  }

  /** Notes that the body has ended, on the thread that began it. */
  static void close(OpenCall call) {
    ThreadMode mode = CURRENT.get();
    if (mode != null) {
      if (call.learning) {
        mode.count(-1);
      }
      mode.innermost = call.outer;
      mode.dropIfEmpty();
    }
  }

  /** Tells the open calls of the same interface's method that they have reached this one. */
  void tellOuter(CachedTarget target, Object receiver) {
    for (OpenCall call = innermost; call != null; call = call.outer) {
      if ((call.target != target || call.receiver != receiver)
          && call.target.spec().sharesContract(target.spec())) {
        call.reachedAnother = true;
      }
    }
  }

  /** Notes that the body of a method that puts for an interface's method begins. */
  static OpenPut openPut(TargetSpec spec, Object receiver) {
    ThreadMode mode = currentOrNew();
    if (mode.innermostPut != null) {
      mode.innermostPut.reach(spec, receiver);
    }
    mode.innermostPut = new OpenPut(spec, receiver, mode.innermostPut);
    return mode.innermostPut;
  }

  /** Notes that the body has ended, on the thread that began it. */
  static void close(OpenPut put) {
    ThreadMode mode = CURRENT.get();
    if (mode != null) {
      mode.innermostPut = put.outer();
      mode.dropIfEmpty();
    }
  }

  private static ThreadMode currentOrNew() {
    ThreadMode mode = CURRENT.get();
    if (mode == null) {
      mode = new ThreadMode();
      CURRENT.set(mode);
    }
    return mode;
  }

  private void dropIfEmpty() {
    if (ask == Ask.NOTHING && body == null && innermost == null && innermostPut == null) {
      CURRENT.remove();
    }
  }

  private void count(int change) {
    scopes += change;
    UNUSUAL.addAndGet(change);
  }
}
