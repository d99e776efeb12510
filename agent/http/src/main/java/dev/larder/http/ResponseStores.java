/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The stored responses of all rules, each in the backend of its rule. */
public final class ResponseStores {

  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final Function<String, Shelf> maker;

  /**
   * No responses yet.
   *
   * @param maker makes the shelf of a rule, by its name
   */
  public ResponseStores(Function<String, Shelf> maker) {
    this.maker = maker;
  }

  /** A rule's responses. */
  public Shelf of(String rule) {
    Shelf shelf = shelves.get(rule);
    return shelf != null ? shelf : shelves.computeIfAbsent(rule, maker);
  }

  /** Does something with each rule's responses that there are. */
  public void forEach(BiConsumer<String, Shelf> action) {
    shelves.forEach(action);
  }

  /** A rule's responses; null where none has been asked for. */
  public Shelf known(String rule) {
    return shelves.get(rule);
  }

  /** Removes what a tag marks, in all rules; how many went, -1 where nobody can know. */
  public long removeTag(String tag) {
    return all(shelf -> shelf.removeTag(tag));
  }

  /** Removes all responses; how many went, -1 where nobody can know. */
  public long clear() {
    return all(Shelf::clear);
  }

  private long all(ToLongFunction<Shelf> removal) {
    long gone = 0;
    for (Shelf shelf : shelves.values()) {
      gone = sum(gone, removal.applyAsLong(shelf));
    }
    return gone;
  }

  /** Two counts of what was removed, of which -1 says that nobody knows. */
  public static long sum(long some, long others) {
    return some < 0 || others < 0 ? -1 : some + others;
  }
}
