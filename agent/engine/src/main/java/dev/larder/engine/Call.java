/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/**
 * One call of a target on its way to an entry. It is itself alone and no record: the {@code equals}
 * of its arguments is not ours to call.
 */
class Call {

  private final Target target;
  private final Object receiver;
  private final Object[] arguments;
  private final Object key;
  private final Variant variant;
  private final Asker asker;

  /**
   * A call.
   *
   * @param asker null where a thread waits for the answer
   */
  Call(
      Target target,
      Object receiver,
      Object[] arguments,
      Object key,
      Variant variant,
      Asker asker) {
    this.target = target;
    this.receiver = receiver;
    this.arguments = arguments;
    this.key = key;
    this.variant = variant;
    this.asker = asker;
  }

  Target target() {
    return target;
  }

  /** Null of a static method. */
  Object receiver() {
    return receiver;
  }

  Object[] arguments() {
    return arguments;
  }

  /** Under which its result is kept. */
  Object key() {
    return key;
  }

  /** To which its receiver belongs. */
  Variant variant() {
    return variant;
  }

  /** Who waits without a thread; null where a thread does. */
  Asker asker() {
    return asker;
  }

  /** The same call, for which no thread waits any more. */
  Call withoutThread() {
    return asker != null
        ? this
        : new Call(target, receiver, arguments, key, variant, Asker.UNKNOWN);
  }

  /** Whether it is a part of the run that leads a flight, as far as that is known. */
  boolean isWithin(Flights.Flight flight) {
    return flight.isLedByThisThread()
        || (asker != null && asker.within() != null && asker.within().leads(flight));
  }
}
