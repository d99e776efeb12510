/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/** One dispatch of a request that Larder takes part in, from a woven body's entry to its end. */
public interface Exchange {

  /** What the body shall see in place of its first argument. */
  Object request();

  /** What the body shall see in place of its second argument. */
  Object response();

  /** Whether the answer has been given already; then the body is skipped. */
  boolean answered();

  /**
   * Called exactly once, when the body has ended or was skipped.
   *
   * @param failure what the body threw; null if it returned
   * @return whether the failure has been made good, and is not to be thrown
   */
  boolean exit(Throwable failure);
}
