/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

/** What bytes from a backend are: an entry, or a miss and why. */
public sealed interface DecodedEntry {

  /**
   * An entry that belongs to the key and was not changed.
   *
   * @param value the codec's bytes; null where the cached value is null
   */
  record Whole(EntryHeader header, Content value) implements DecodedEntry {}

  /** Bytes that count as no entry. */
  record Miss(MissReason reason) implements DecodedEntry {}
}
