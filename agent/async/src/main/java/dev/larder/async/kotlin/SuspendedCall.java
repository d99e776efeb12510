/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import java.util.concurrent.CompletableFuture;
import kotlin.Result;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;

/**
 * A call on its way through its steps: what Kotlin's compiler would make of a suspend function that
 * waits for a flight, runs the body, and tells the cache what it gave.
 *
 * <p>Being a continuation of the kind that the compiler makes, it is intercepted, unrolled and
 * shown by debuggers like any other.
 */
final class SuspendedCall extends ContinuationImpl implements Step.Ways<Object> {

  private static final long serialVersionUID = 1L;

  private final transient Waiting.Kind waiting;
  private final transient Within within;
  private transient CompletableFuture<Step> next;
  private transient Loading loading;

  SuspendedCall(Continuation<Object> caller, Waiting.Kind waiting) {
    this(caller, waiting, new Within());
  }

  private SuspendedCall(Continuation<Object> caller, Waiting.Kind waiting, Within within) {
    super(caller, caller.getContext().plus(within));
    this.waiting = waiting;
    this.within = within;
  }

  @Override
  protected Object invokeSuspend(Object result) {
    if (loading != null) {
      return ended(result);
    }
    if (result instanceof Result.Failure) { // cancelled while it waited
      next.cancel(false);
    }
    ResultKt.throwOnFailure(result);
    return ((Step) result).take(this);
  }

  private Object ended(Object result) {
    if (result instanceof Result.Failure failure) {
      return loading.failed(failure.exception).take(this);
    }
    loading.succeeded(result);
    return result;
  }

  @Override
  public Object give(Object value) {
    return value;
  }

  @Override
  public Object fail(Throwable failure) {
    throw SuspendedCall.<RuntimeException>sneaky(failure);
  }

  @Override
  public Object run(Loading run) {
    loading = run;
    within.begin(run);
    Object result;
    try {
      result = run.run(this);
    } catch (Throwable failure) { // of the body, which this caller asked for
      return run.failed(failure).take(this);
    }
    run.subscribed();
    if (result != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
      run.succeeded(result);
    }
    return result;
  }

  @Override
  public Object await(CompletableFuture<Step> following) {
    next = following;
    Waiting suspension = waiting.of(IntrinsicsKt.intercepted(this));
    following.thenAccept(suspension::resume);
    Object step = suspension.result();
    return step == IntrinsicsKt.getCOROUTINE_SUSPENDED() ? step : ((Step) step).take(this);
  }

  /** Throws what Java's compiler would have declared. */
  @SuppressWarnings("unchecked")
  static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }
}
