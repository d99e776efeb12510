/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.util.function.LongSupplier;

/** What an evict or a clear removes: it may be done at once, after a commit, or both. */
sealed interface Removal {

  /** Removes it; how many entries there were, -1 where a backend cannot know. */
  long by(EntryRemovals removals);

  /** The entries of calls with equal arguments. */
  record OfArguments(String cache, Object[] arguments) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.ofArguments(cache, arguments);
    }
  }

  /** The entry under a template's text. */
  record OfKey(String cache, String key) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.ofKey(cache, key);
    }
  }

  /** The entries that carry a tag. */
  record OfTag(String tag) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.ofTag(tag);
    }
  }

  /** The entries of a cache. */
  record OfCache(String cache) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.ofCache(cache);
    }
  }

  /** All entries. */
  record OfAll() implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.ofAll();
    }
  }

  /** The responses under a cache's name. */
  record OfResponses(String cache) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.responses().clearResponses(cache);
    }
  }

  /** The responses to a path and query under a cache's name. */
  record OfResponsesTo(String cache, String key) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.responses().removeResponses(cache, key);
    }
  }

  /** The responses that carry a tag. */
  record OfTaggedResponses(String tag) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removals.responses().removeTagged(tag);
    }
  }

  /** Something that is not the engine's. */
  record Elsewhere(LongSupplier removal) implements Removal {
    @Override
    public long by(EntryRemovals removals) {
      return removal.getAsLong();
    }
  }
}
