/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.remote.Link.Removal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The removals that a backend did not take: of each key the last, in the order in which they came
 * first. Beyond so many keys of one cache a clear of it takes their place. Not safe for threads.
 */
final class Missed {

  /** How many keys of one cache are remembered one by one. */
  static final int MOST_OF_ONE = 10_000;

  private final Map<String, Map<String, Due>> ofCaches = new LinkedHashMap<>();
  private final Map<String, Due> clears = new LinkedHashMap<>();

  /** A removal that is still to be done; itself alone, since one asked for again is another. */
  static final class Due {
    private final String cache;
    private final String key;
    private final Removal removal;

    private Due(String cache, String key, Removal removal) {
      this.cache = cache;
      this.key = key;
      this.removal = removal;
    }

    void redo(Turn turn) {
      removal.redo(turn);
    }
  }

  /**
   * Remembers the removal of a key.
   *
   * @param cache what the keys of its cache begin with
   * @param clear the removal of the whole cache, which takes the place of very many
   */
  void add(String cache, String key, Removal removal, Removal clear) {
    Map<String, Due> known = ofCaches.computeIfAbsent(cache, name -> new LinkedHashMap<>());
    known.put(key, new Due(cache, key, removal));
    if (clears.containsKey(cache) || known.size() > MOST_OF_ONE) {
      addClear(cache, clear); // again: the one that there was may be under way
    }
  }

  /** Remembers the removal of a whole cache, in place of those of its keys, or that of a tag. */
  void addClear(String cache, Removal clear) {
    ofCaches.remove(cache);
    clears.put(cache, new Due(cache, null, clear));
  }

  /** What is to be done next, in whatever order, up to so many; empty for nothing. */
  List<Due> next(int most) {
    return Stream.concat(
            clears.values().stream(),
            ofCaches.values().stream().flatMap(ofCache -> ofCache.values().stream()))
        .limit(most)
        .toList();
  }

  /** Notes that a removal was done; one that was asked for meanwhile is left. */
  void done(Due due) {
    if (due.key == null) {
      clears.remove(due.cache, due);
      return;
    }
    Map<String, Due> known = ofCaches.get(due.cache);
    if (known != null && known.remove(due.key, due) && known.isEmpty()) {
      ofCaches.remove(due.cache);
    }
  }

  /** How many removals are to be done. */
  int size() {
    return clears.size() + ofCaches.values().stream().mapToInt(Map::size).sum();
  }
}
