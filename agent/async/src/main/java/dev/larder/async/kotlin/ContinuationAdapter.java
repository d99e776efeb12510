/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import dev.larder.engine.Adapters.First;
import dev.larder.engine.Adapters.SuspendAdapter;
import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import dev.larder.engine.key.FieldAccess;
import java.util.concurrent.CompletableFuture;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.ContinuationInterceptor;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;

/** Calls and resumes suspend functions. */
public final class ContinuationAdapter implements SuspendAdapter {

  private final Labels labels;
  private final Waiting.Kind waiting = Waiting.kind();

  /**
   * An adapter.
   *
   * @param access gives access to the fields of the classes that Kotlin's compiler makes
   */
  public ContinuationAdapter(FieldAccess access) {
    this.labels = new Labels(access);
  }

  @Override
  public boolean isResumption(Object continuation) {
    return labels.isResuming(continuation);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object call(Object continuation, First first) {
    Continuation<Object> caller = (Continuation<Object>) continuation;
    CoroutineContext context = caller.getContext();
    return first.step(Within.of(context), context).take(new FirstWays(caller));
  }

  @Override
  public void load(Loading loading) {
    try {
      new SuspendedCall(new Unheard(background(loading.context())), waiting).run(loading);
    } catch (Throwable failure) { // of the body, which the loading has been told of
      return;
    }
  }

  /** The context of the caller, but for its job and its dispatcher: the run is not its own. */
  private CoroutineContext background(Object callers) {
    if (callers == null) {
      return EmptyCoroutineContext.INSTANCE;
    }
    CoroutineContext context = ((CoroutineContext) callers).minusKey(ContinuationInterceptor.Key);
    return waiting.withoutJob(context);
  }

  /** What becomes of a call at once; only what is not there yet costs a continuation. */
  private final class FirstWays implements Step.Ways<Object> {
    private final Continuation<Object> caller;

    FirstWays(Continuation<Object> caller) {
      this.caller = caller;
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
    public Object run(Loading loading) {
      return new SuspendedCall(caller, waiting).run(loading);
    }

    @Override
    public Object await(CompletableFuture<Step> next) {
      return new SuspendedCall(caller, waiting).await(next);
    }
  }
}
