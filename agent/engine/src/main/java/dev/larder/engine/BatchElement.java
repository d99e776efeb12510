/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.method.BatchShape;

/** One element of a call that is cached per element, and what has become of it so far. */
final class BatchElement {

  final Call call;

  /** What answers for it; null where there is nothing, or the body's own value does. */
  Entry entry;

  /** An entry past its time, for a body that throws. */
  Entry old;

  /** What the backend has; null where there is none to ask, or it failed. */
  RemoteTier.Seen seen;

  /** The flight that it leads; null where it leads none, or that is over. */
  Flight flight;

  /** The load that is under way; null where there is none. */
  Miss miss;

  /** Whether the body has run for it, and ended well. */
  boolean isLoaded;

  /** Of a loaded one: whether the body's result has it. */
  boolean isThere;

  /** Of a loaded one: what the body gave. */
  Object value;

  BatchElement(Call call) {
    this.call = call;
  }

  Object key() {
    return call.key();
  }

  /** The element as the caller gave it. */
  Object itself(BatchShape shape) {
    return shape.element(call.arguments());
  }

  /** What its caller gets for it; a copy of its own where that is mutable. */
  Object given() {
    return entry == null ? value : entry.given();
  }

  /** Notes that its load has ended, and its flight with it. */
  void end() {
    miss = null;
    flight = null;
  }
}
