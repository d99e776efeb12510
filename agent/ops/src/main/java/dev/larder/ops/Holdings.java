/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be seen of the caches and path rules of this JVM, and done to them. */
public interface Holdings {

  /** The names of the caches that something has used, and of the path rules, in order. */
  Set<String> names();

  /** Whether a name is a path rule's, whose entries are responses. */
  boolean isRule(String name);

  /**
   * The figures of a cache or rule, in the order of {@link FigureNames#ALL}; of one that nothing
   * has used, zeros.
   */
  long[] figures(String name);

  /** The backends that were asked for so far, and whether each serves now. */
  Map<String, Boolean> backends();

  /**
   * Removes the entry under a key that a template gave; of a rule, all variants of a URL.
   *
   * @return how many there were, -1 where the backend cannot know
   * @throws IllegalStateException if it failed, which has been logged
   */
  long evictKey(String name, String key);

  /**
   * Removes the entries of calls with these arguments, as somebody has written them: each is read
   * as what the methods of the cache declare. The same holds as of {@link #evictKey}.
   */
  long evictWritten(String name, List<String> arguments);

  /** Removes what carries a tag; the same holds as of {@link #evictKey}. */
  long evictTag(String tag);

  /** Removes the entries of a cache or rule; the same holds as of {@link #evictKey}. */
  long clear(String name);

  /** Removes all entries under this JVM's prefix; the same holds as of {@link #evictKey}. */
  long clearAll();
}
