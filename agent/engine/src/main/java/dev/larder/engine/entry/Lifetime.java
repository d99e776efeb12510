/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

/**
 * How long one result is kept, in milliseconds.
 *
 * @param ttl the time to live, jitter taken off; {@link Long#MAX_VALUE} for ever
 * @param idle how long it may stay unread; 0 for any time
 * @param refreshAfter after how much of the ttl an access renews it; 0 for never, less for at once,
 *     since that moment is over
 * @param staleWhileRevalidate how long after the ttl it is served while a new one is made
 * @param staleIfError how long after the ttl it is served where the body throws
 */
public record Lifetime(
    long ttl, long idle, long refreshAfter, long staleWhileRevalidate, long staleIfError) {

  /** Whether there is a time to live and nothing else. */
  boolean isPlain() {
    return idle == 0 && refreshAfter == 0 && staleWhileRevalidate == 0 && staleIfError == 0;
  }
}
