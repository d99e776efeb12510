/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.remote.RemoteCache.Parts;
import dev.larder.spi.Capability;
import java.util.List;

/**
 * The removals of one cache's entries with its backend. What the backend does not take is kept, and
 * done before it serves again.
 */
final class CacheRemovals {

  private final Link link;
  private final EntryKeys keys;
  private final CacheMarks marks;
  private final Registry registry;
  private final Recent recent;
  private final Failures failures;

  CacheRemovals(
      Link link,
      EntryKeys keys,
      CacheMarks marks,
      Registry registry,
      Recent recent,
      Failures failures) {
    this.link = link;
    this.keys = keys;
    this.marks = marks;
    this.registry = registry;
    this.recent = recent;
    this.failures = failures;
  }

  /** Removes a key; how many entries went, -1 where the backend cannot know. */
  long remove(String key, Turn turn) {
    byte[] head;
    try {
      head = bury(key, turn);
    } catch (RuntimeException failed) {
      failures.count("remove", failed);
      link.missed(keys.prefix(), key, later -> bury(key, later), marks::renew, failed);
      return -1;
    }
    try {
      return !link.backend(true).capabilities().contains(Capability.COUNT)
          ? -1
          : EntryHead.isServed(head, marks.current(turn)) ? 1 : 0;
    } catch (RuntimeException uncounted) { // gone it is
      failures.count("count", uncounted);
      return -1;
    }
  }

  private byte[] bury(String key, Turn turn) {
    byte[] tombstone = Tokens.tombstone();
    byte[] head =
        turn.run(
            (backend, deadline) ->
                backend.exchange(
                    key, tombstone, Tokens.TOMBSTONE_MILLIS, EntryHead.LENGTH, deadline));
    recent.left(tombstone);
    return head;
  }

  /** Removes every entry. */
  void clear(Turn turn) {
    try {
      marks.renew(turn);
    } catch (RuntimeException failed) {
      failures.count("clear", failed);
      link.missed(keys.prefix(), marks::renew, failed);
    }
  }

  /**
   * Removes what each variant has for some arguments, in whatever release it is.
   *
   * @return how many entries went, -1 where the backend cannot know
   */
  long evict(Parts parts, Turn turn) {
    long removed = 0;
    try {
      List<String> variants = registry.members(CacheMarks.own(marks.current(turn)), turn);
      if (variants == null) {
        marks.renew(turn);
        return -1;
      }
      for (String variant : variants) {
        Object[] made = parts.of(Registry.typesOf(variant));
        if (made != null) {
          long one = remove(keys.ofParts(Registry.nameOf(variant), made), turn);
          removed = one < 0 || removed < 0 ? -1 : removed + one;
        }
      }
      return removed;
    } catch (RuntimeException failed) {
      // Which keys they are is not known without the backend: all go.
      failures.count("evict", failed);
      link.missed(keys.prefix(), marks::renew, failed);
      return -1;
    }
  }
}
