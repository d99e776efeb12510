/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.value.UncacheableValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The value that a stream comes to: the list of its elements, as long as they are not too many.
 *
 * <p>It is told of the elements one after the other, as a stream gives them.
 */
public final class StreamValue {

  /** A stream of more elements is passed on and not kept. */
  static final int MOST = 1_000;

  private final Loading loading;
  private boolean begun;

  /** Null once the stream is not to be kept. */
  private List<Object> elements = new ArrayList<>();

  public StreamValue(Loading loading) {
    this.loading = loading;
  }

  /** Takes the next element, before its subscriber gets it, who may change it. */
  public void add(Object element) {
    begun = true;
    if (elements == null) {
      return;
    }
    if (elements.size() == MOST) {
      giveUp();
      return;
    }
    try {
      elements.add(loading.keep(element));
    } catch (UncacheableValue refused) { // which the target has warned of
      giveUp();
    }
  }

  private void giveUp() {
    elements = null;
    loading.notShared();
  }

  /** Ends the stream. */
  public void complete() {
    if (elements == null) {
      loading.completed();
    } else {
      loading.succeeded(List.copyOf(elements));
    }
  }

  /**
   * Ends the stream with a failure.
   *
   * @return the failure, or the old value where the subscriber has had nothing of the new one
   */
  public Step failed(Throwable failure) {
    return begun ? loading.failedMidway(failure) : loading.failed(failure);
  }
}
