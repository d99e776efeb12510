/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

/**
 * What must still be there for a load to store.
 *
 * @param expected the token, or the first bytes of an entry; null for nothing
 * @param isHead whether it is those of an entry
 * @param mark the cache's mark as it was when the load began
 * @param tags the era of tags as it was then; null where the method has none
 * @param began by {@link System#nanoTime}
 * @param lease of the flight; null where it is this JVM's alone
 * @param since of a put that is told what it has stored; null of all else
 */
public record Guard(
    String key,
    byte[] expected,
    boolean isHead,
    byte[] mark,
    byte[] tags,
    long began,
    Lease lease,
    Since since) {

  /** The same, of an era before. */
  Guard since(byte[] era) {
    return new Guard(key, expected, isHead, mark, era, began, lease, since);
  }
}
