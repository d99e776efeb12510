/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.TagMark;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The marks that the entries of one cache carry: one of all caches and one of their own, joined,
 * and those of their tags.
 */
final class CacheMarks {

  private final Marks marks;
  private final String prefix;
  private final String allKey;
  private final String ownKey;
  private final String tagsKey;
  private final List<String> joinedKeys;
  private final List<String> taggedKeys;

  /** A mark of the cache counts only once the list of variants that belongs to it has begun. */
  private final Marks.Preparation preparation;

  /** What was joined last. */
  private volatile Joined joined;

  /**
   * The marks of a cache.
   *
   * @param prefix of all stored keys
   * @param ownPrefix what the stored keys of the cache begin with
   */
  CacheMarks(Marks marks, String prefix, String ownPrefix, Registry registry) {
    this.marks = marks;
    this.prefix = prefix;
    this.allKey = Remotes.allMarkKey(prefix);
    this.ownKey = ownPrefix + "!mark";
    this.tagsKey = Remotes.tagsKey(prefix);
    this.joinedKeys = List.of(allKey, ownKey);
    this.taggedKeys = List.of(allKey, ownKey, tagsKey);
    this.preparation =
        (key, mark, turn) -> {
          if (key.equals(ownKey)) {
            registry.begin(mark, turn);
          }
        };
  }

  private record Joined(byte[] all, byte[] own, byte[] both) {}

  private byte[] joined(byte[] all, byte[] own) {
    Joined last = joined;
    if (last == null || last.all() != all || last.own() != own) {
      byte[] both = Arrays.copyOf(all, all.length + own.length);
      System.arraycopy(own, 0, both, all.length, own.length);
      last = new Joined(all, own, both);
      joined = last;
    }
    return last.both();
  }

  private static int ownAt(byte[] joined) {
    return joined.length - Tokens.LENGTH;
  }

  /** The cache's own mark in a joined one. */
  static byte[] own(byte[] joined) {
    return Arrays.copyOfRange(joined, ownAt(joined), joined.length);
  }

  /** The joined mark as this JVM knows it; null where it has to ask. */
  byte[] known() {
    long now = System.nanoTime();
    byte[] all = marks.near(allKey, now);
    byte[] own = all == null ? null : marks.near(ownKey, now);
    return own == null ? null : joined(all, own);
  }

  /** The joined mark, not older than this JVM may know it. */
  byte[] current(Turn turn) {
    List<byte[]> both = marks.current(joinedKeys, preparation, turn);
    return joined(both.get(0), both.get(1));
  }

  /** All that is known of marks at the beginning of a put: one round trip at most. */
  Since since(boolean tagged, Turn turn) {
    long began = System.nanoTime();
    List<byte[]> all = marks.current(tagged ? taggedKeys : joinedKeys, preparation, turn);
    return new Since(joined(all.get(0), all.get(1)), tagged ? all.get(2) : null, began);
  }

  /** Cells, and behind the last of them the joined mark: one round trip. */
  List<byte[]> withCells(List<String> cells, Turn turn) {
    List<byte[]> all = marks.withCells(cells, joinedKeys, preparation, turn);
    byte[] own = all.remove(cells.size() + 1);
    all.set(cells.size(), joined(all.get(cells.size()), own));
    return all;
  }

  /** Whether an entry carries the marks that count now. */
  boolean count(EntryHeader header, byte[] joined, Turn turn) {
    if (!Arrays.equals(header.cacheMark(), joined)) {
      return false;
    }
    for (TagMark tag : header.tags()) {
      if (!Arrays.equals(marks.current(keyOf(tag.tag()), Marks.NONE, turn), tag.mark())) {
        return false;
      }
    }
    return true;
  }

  /** For how many milliseconds it is known here that marks stand; 0 where it is not known. */
  long standFor(byte[] joined, List<TagMark> tags) {
    int own = ownAt(joined);
    long nanos =
        Math.min(
            marks.standsFor(allKey, joined, 0, own),
            marks.standsFor(ownKey, joined, own, joined.length));
    for (TagMark tag : tags) {
      long ofTag = marks.standsFor(keyOf(tag.tag()), tag.mark(), 0, tag.mark().length);
      nanos = Math.min(nanos, ofTag);
    }
    return nanos / 1_000_000;
  }

  /** Whether the cache was removed last before a moment, by {@link System#nanoTime}. */
  boolean areOlder(long moment, Turn turn) {
    return marks.isOlder(ownKey, moment, turn) && marks.isOlder(allKey, moment, turn);
  }

  /**
   * The era that there was at a moment, by {@link System#nanoTime}.
   *
   * @param era that there was later
   * @return null where tags were removed since, and it is not known which
   */
  byte[] eraAt(long moment, byte[] era, Turn turn) {
    return marks.isOlder(tagsKey, moment, turn) ? era : marks.eras().before(era, moment);
  }

  /** The era of tags, which ends with the removal of any, as far as this JVM knows. */
  byte[] era(Turn turn) {
    return marks.current(tagsKey, Marks.NONE, turn);
  }

  /**
   * The marks of tags as the backend has them.
   *
   * @param era of all tags, read after their marks; null where there are none
   */
  record OfTags(Map<String, byte[]> marks, byte[] era, Eras eras) {

    /** Whether none of some tags was removed since an era was read. */
    boolean areOf(byte[] former, List<String> tags) {
      return former != null && eras.spare(tags, former, era);
    }

    /** Some of them, as an entry carries them. */
    List<TagMark> of(List<String> tags) {
      return tags.stream().map(tag -> new TagMark(tag, marks.get(tag))).toList();
    }
  }

  /** The marks of tags as the backend has them now, and after them the era. */
  OfTags fresh(List<String> tags, Turn turn) {
    if (tags.isEmpty()) {
      return new OfTags(Map.of(), null, marks.eras());
    }
    List<byte[]> fresh = marks.fresh(tags.stream().map(this::keyOf).toList(), turn);
    Map<String, byte[]> ofTags = new HashMap<>();
    for (int i = 0; i < fresh.size(); i++) {
      ofTags.put(tags.get(i), fresh.get(i));
    }
    return new OfTags(ofTags, marks.fresh(tagsKey, Marks.NONE, turn), marks.eras());
  }

  /** Makes the cache's own mark anew: all of its entries are gone. */
  void renew(Turn turn) {
    marks.renew(ownKey, preparation, turn);
  }

  /** The stored key of a tag's mark. */
  String keyOf(String tag) {
    return StoredName.ofTag(prefix, tag);
  }

  /** Whether a stored key is that of a mark which all entries of the cache carry. */
  boolean areAt(String key) {
    return key.equals(ownKey) || key.equals(allKey);
  }

  /** Whether a stored key may be that of a tag's mark. */
  boolean mayBeOfTag(String key) {
    return StoredName.isOfTag(prefix, key);
  }
}
