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

  Call(Target target, Object receiver, Object[] arguments, Object key, Variant variant) {
    this.target = target;
    this.receiver = receiver;
    this.arguments = arguments;
    this.key = key;
    this.variant = variant;
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
}
