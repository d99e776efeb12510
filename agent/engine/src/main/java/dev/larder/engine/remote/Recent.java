/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The entries and tombstones that this JVM has left last, and when they were there. A backend tells
 * ages in milliseconds, too coarsely for a call that follows another at once.
 */
final class Recent {

  /** More than one cache is given within the milliseconds that it is about. */
  private static final int REMEMBERED = 64;

  private static final int CHECKSUM = 4;

  private final AtomicReferenceArray<Left> all = new AtomicReferenceArray<>(REMEMBERED);
  private final AtomicInteger count = new AtomicInteger();

  /**
   * A cell.
   *
   * @param at a moment at which it was there already, by {@link System#nanoTime}
   */
  private record Left(byte[] cell, long at) {}

  /** Notes what is there now. */
  void left(byte[] cell) {
    all.set(
        Math.floorMod(count.getAndIncrement(), REMEMBERED),
        new Left(brief(cell), System.nanoTime()));
  }

  /** Whether this JVM has left a cell before a moment, by {@link System#nanoTime}. */
  boolean isFromBefore(byte[] cell, long moment) {
    byte[] brief = brief(cell);
    for (int i = 0; i < REMEMBERED; i++) {
      Left each = all.get(i);
      if (each != null && each.at() - moment < 0 && Arrays.equals(each.cell(), brief)) {
        return true;
      }
    }
    return false;
  }

  /** A token, or of an entry the head and the checksum. */
  private static byte[] brief(byte[] cell) {
    if (cell.length <= EntryHead.LENGTH) {
      return cell;
    }
    byte[] brief = Arrays.copyOf(cell, EntryHead.LENGTH + CHECKSUM);
    System.arraycopy(cell, cell.length - CHECKSUM, brief, EntryHead.LENGTH, CHECKSUM);
    return brief;
  }
}
