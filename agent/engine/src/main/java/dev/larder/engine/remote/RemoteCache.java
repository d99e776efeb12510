/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.codec.Content;
import dev.larder.engine.codec.DecodedEntry;
import dev.larder.engine.codec.EntryCodec;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.Seal;
import dev.larder.engine.codec.TagMark;
import dev.larder.engine.key.KeyText;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Capability;
import dev.larder.spi.Codec;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one cache that are kept with a backend.
 *
 * <p><b>The guard of loads.</b> Under a key stands one cell: an entry, a tombstone that a removal
 * left, or the token of a load. A load remembers what it found and stores only if that is still
 * there, and leaves a token where it found nothing; each removal leaves a new tombstone. So no load
 * stores over a removal that came after its beginning, whichever JVM did it. Where a cell is lost,
 * the load does not store: it costs misses and never hits. An entry carries the cache's mark, and
 * those of its tags, from when its load began, so that a clear leaves it behind as well.
 */
public final class RemoteCache {

  /** For how long a removal is remembered, in milliseconds. */
  private static final long TOMBSTONE_MILLIS = 60_000;

  /** How long a load may take that is to be stored, in milliseconds. */
  private static final long LOAD_MILLIS = 600_000;

  /** Up to how many bytes a value is inflated; in a small heap no more than it has room for. */
  private static final int MAX_LENGTH =
      (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 32);

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  /** How many bytes of a token stand in the key of a lease. */
  private static final int SHORT = 8;

  private final Remotes remotes;
  private final Link link;
  private final String name;
  private volatile RemotePolicy policy;
  private volatile EntryCodec codec;
  private final Registry registry;
  private final EntryKeys keys;
  private final String prefix;
  private final String markKey;
  private final String allMarkKey;
  private final String tagsKey;
  private final LongAdder errors;

  /** The marks that were put together last. */
  private volatile Joined joined;

  /** Set once the user's key builder has failed: nothing is read or stored here any more. */
  private volatile boolean unkeyed;

  RemoteCache(Remotes remotes, Link link, String cache, RemotePolicy policy, LongAdder errors) {
    this.remotes = remotes;
    this.link = link;
    this.name = cache;
    this.errors = errors;
    take(policy);
    this.keys = new EntryKeys(policy.prefix(), cache, remotes.keyBuilder());
    this.prefix = StoredName.ofCache(policy.prefix(), cache);
    this.registry = new Registry(prefix + '!');
    this.markKey = prefix + "!mark";
    this.allMarkKey = Remotes.allMarkKey(policy.prefix());
    this.tagsKey = Remotes.tagsKey(policy.prefix());
  }

  /** Keeps entries another way from now on; with the same backend and under the same prefix. */
  public final void take(RemotePolicy changed) {
    if (!changed.equals(policy)) {
      Seal seal = changed.sealKeys().isEmpty() ? null : new Seal(changed.sealKeys());
      codec = new EntryCodec(seal, changed.compressAbove(), MAX_LENGTH);
      policy = changed;
    }
  }

  /** How its entries are kept. */
  public RemotePolicy policy() {
    return policy;
  }

  /** A codec of the user's; see {@link BackendFactory#codec}. */
  public Codec userCodec(String className) {
    return remotes.factory().codec(className);
  }

  /** Whether it may be asked now; the first question begins to connect. */
  public boolean isServing() {
    return link.isServing() && !unkeyed;
  }

  /** All that one call of the application may do with the backend. */
  public Turn turn() {
    return new Turn(link, policy.timeout(), false);
  }

  /** Tells it from now on what happens to entries and marks, until nobody else holds it. */
  public void tell(NearEntries entries) {
    link.tell(entries);
  }

  /** Whether changes are told as they happen, of what {@link #areStill} has read. */
  public boolean isPushing() {
    return link.backend(true).capabilities().contains(Capability.PUSH);
  }

  /**
   * Whether keys still have what was found there; of those that have, the next change will be told.
   * Where that is not to be had, no.
   *
   * @return in the order of what was found
   */
  public List<Boolean> areStill(List<Found> found, Turn turn) {
    List<Boolean> still = new ArrayList<>(found.size());
    try {
      List<byte[]> cells = turn.run((backend, deadline) -> watched(backend, found, deadline));
      for (int i = 0; i < found.size(); i++) {
        still.add(Arrays.equals(cells.get(i), found.get(i).cell()));
      }
      return still;
    } catch (RuntimeException failed) {
      errors.increment();
      return Collections.nCopies(found.size(), false);
    }
  }

  private static CompletionStage<List<byte[]>> watched(
      Backend backend, List<Found> found, Deadline deadline) {
    return Together.each(
        found,
        each ->
            backend
                .getWatched(each.key(), deadline)
                .exceptionallyCompose(RemoteCache::nothingWhereRefused));
  }

  /** That a key cannot be watched says nothing of the backend's health. */
  private static CompletionStage<byte[]> nothingWhereRefused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof BackendException known && known.kind() == Kind.REFUSED
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(cause);
  }

  /**
   * For how many milliseconds it is known here that marks stand; 0 where that is not known, or they
   * do not.
   *
   * @param mark of the cache, as an entry carries it
   */
  public long standFor(byte[] mark, List<TagMark> tags) {
    int own = mark.length - Tokens.LENGTH;
    long nanos =
        Math.min(
            link.marks().standsFor(allMarkKey, mark, 0, own),
            link.marks().standsFor(markKey, mark, own, mark.length));
    for (TagMark tag : tags) {
      long ofTag = link.marks().standsFor(tagKey(tag.tag()), tag.mark(), 0, tag.mark().length);
      nanos = Math.min(nanos, ofTag);
    }
    return nanos / 1_000_000;
  }

  /** Whether a stored key is that of a mark that all entries here carry. */
  public boolean isMark(String key) {
    return key.equals(markKey) || key.equals(allMarkKey);
  }

  /** Whether a stored key may be that of a tag's mark. */
  public boolean isTagMark(String key) {
    return StoredName.isOfTag(policy.prefix(), key);
  }

  /** The stored key of a tag's mark. */
  public String tagKey(String tag) {
    return StoredName.ofTag(policy.prefix(), tag);
  }

  /** Counts a value that could not be read. */
  public void undecodable() {
    errors.increment();
  }

  /** The stored key of a template's text. */
  public String keyOfText(String text) {
    return keys.isBuilt() ? built("", text, keys.ofText(text)) : keys.ofText(text);
  }

  /** The stored key of a variant's arguments. */
  public String keyOfParts(String variant, Object[] parts) {
    return keys.isBuilt()
        ? built(variant, KeyText.of(parts), keys.ofParts(variant, parts))
        : keys.ofParts(variant, parts);
  }

  /**
   * The key that the user's builder gives. Where it fails, nobody knows which entry was meant: all
   * of the cache go, in case this was to remove one, and this JVM leaves the cache alone.
   *
   * @param own an unused key, for what is under way
   */
  private String built(String variant, String content, String own) {
    try {
      return keys.built(variant, content);
    } catch (IllegalStateException failed) {
      errors.increment();
      if (!unkeyed) {
        unkeyed = true;
        LOG.warn(
            "cache {} runs uncached from now on, since key-builder failed: {}",
            name,
            failed.getMessage());
      }
      clear();
      return own;
    }
  }

  /** How a variant stands in the list of them. */
  public static String description(String variant, List<String> types) {
    return Registry.describe(variant, types);
  }

  /** The name of a variant; see {@link StoredName#ofVariant}. */
  public static String variant(String method, String... parts) {
    return StoredName.ofVariant(method, parts);
  }

  /**
   * What was found under a key.
   *
   * @param key the stored key
   * @param cell what lies there; null for nothing
   * @param header of an entry that counts; null where there is none
   * @param value the codec's bytes; null where the value is null
   * @param mark the cache's mark as it was then
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared nowhere
  public record Found(String key, byte[] cell, EntryHeader header, Content value, byte[] mark) {}

  /**
   * What must still be there for a load to store.
   *
   * @param expected the token, or the first bytes of an entry
   * @param isHead whether it is those of an entry
   * @param mark the cache's mark as it was when the load began
   * @param tags the era of tags as it was then; null where the method has none
   * @param began by {@link System#nanoTime}
   * @param lease of the flight; null where it is this JVM's alone
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared nowhere
  public record Guard(
      String key,
      byte[] expected,
      boolean isHead,
      byte[] mark,
      byte[] tags,
      long began,
      Lease lease) {}

  /**
   * Looks a key up.
   *
   * @param idle for how long an entry may stay unread, in milliseconds; 0 for any time
   * @return null where the backend cannot be asked, or failed
   */
  public Found find(String key, long idle, Turn turn) {
    try {
      byte[] cell;
      byte[] mark;
      if (idle > 0) {
        Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
        cell = timed == null ? null : timed.value();
        mark = mark(turn);
        noteRead(key, timed, idle, turn);
      } else {
        mark = knownMark();
        if (mark == null) {
          List<Found> found = findAll(List.of(key), 0, turn);
          return found == null ? null : found.get(0);
        }
        cell = turn.run((backend, deadline) -> backend.get(key, deadline));
      }
      return found(key, cell, mark, turn);
    } catch (RuntimeException failed) {
      errors.increment();
      return null;
    }
  }

  /**
   * Looks several keys up: one round trip, unless reads are to be noted.
   *
   * @param idle for how long an entry may stay unread, in milliseconds; 0 for any time
   * @return what was found, in the keys' order, null where a look-up failed; null where all did
   */
  public List<Found> findAll(List<String> keys, long idle, Turn turn) {
    List<Found> all = new ArrayList<>(keys.size());
    if (idle > 0) {
      keys.forEach(key -> all.add(find(key, idle, turn)));
      return all;
    }
    try {
      List<byte[]> found =
          link.marks().withCells(keys, List.of(allMarkKey, markKey), this::prepare, turn);
      byte[] mark = joined(found.get(keys.size()), found.get(keys.size() + 1));
      for (int i = 0; i < keys.size(); i++) {
        all.add(found(keys.get(i), found.get(i), mark, turn));
      }
      return all;
    } catch (RuntimeException failed) {
      errors.increment();
      return null;
    }
  }

  private Found found(String key, byte[] cell, byte[] mark, Turn turn) {
    if (cell == null || Tokens.isToken(cell)) {
      return new Found(key, cell, null, null, mark);
    }
    if (!(codec.decode(key, cell) instanceof DecodedEntry.Whole entry)) {
      errors.increment();
      return new Found(key, cell, null, null, mark);
    }
    boolean counts =
        Arrays.equals(entry.header().cacheMark(), mark) && tagsCount(entry.header(), turn);
    return new Found(key, cell, counts ? entry.header() : null, entry.value(), mark);
  }

  private static void noteRead(String key, Timed timed, long idle, Turn turn) {
    if (timed == null || !EntryHead.isEntry(timed.value()) || idle - timed.millis() < idle / 10) {
      return;
    }
    long left = EntryHead.end(timed.value()) - System.currentTimeMillis();
    if (left > timed.millis()) {
      turn.run((backend, deadline) -> backend.touch(key, Math.min(idle, left), deadline));
    }
  }

  private boolean tagsCount(EntryHeader header, Turn turn) {
    for (TagMark tag : header.tags()) {
      byte[] now = link.marks().current(tagKey(tag.tag()), Marks.NONE, turn);
      if (!Arrays.equals(now, tag.mark())) {
        return false;
      }
    }
    return true;
  }

  private byte[] mark(Turn turn) {
    return joined(
        link.marks().current(allMarkKey, Marks.NONE, turn),
        link.marks().current(markKey, this::prepare, turn));
  }

  /** The mark as this JVM knows it; null where it has to ask. */
  private byte[] knownMark() {
    byte[] all = link.marks().near(allMarkKey);
    byte[] own = all == null ? null : link.marks().near(markKey);
    return own == null ? null : joined(all, own);
  }

  /** An entry carries the mark of all caches and that of its own. */
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

  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Joined(byte[] all, byte[] own, byte[] both) {}

  private static byte[] own(byte[] joined) {
    return Arrays.copyOfRange(joined, joined.length - Tokens.LENGTH, joined.length);
  }

  private void prepare(byte[] mark, Turn turn) {
    registry.begin(mark, turn);
  }

  /**
   * Asks to lead the flight of a key in all JVMs. A flight belongs to the marks and to the last
   * removal of the key as they were found: so nobody waits for one that began before a removal it
   * has seen.
   *
   * @param tagged whether the method has tags
   * @return {@link Lease#HELD} where another JVM leads it; null where each is to run for itself:
   *     its flights came to nothing, or the backend failed
   */
  public Lease lead(Found found, boolean tagged, Turn turn) {
    try {
      if (!link.backend(false).capabilities().contains(Capability.CONDITIONAL)) {
        return null;
      }
      StringBuilder key = new StringBuilder(prefix).append("!lease:");
      int own = found.mark().length - Tokens.LENGTH;
      key.append(start(found.mark(), 0)).append(start(found.mark(), own));
      if (tagged) {
        key.append(start(link.marks().current(tagsKey, Marks.NONE, turn), 0));
      }
      if (found.cell() != null && Tokens.isTombstone(found.cell())) {
        key.append(start(found.cell(), 0));
      }
      key.append(':').append(found.key(), prefix.length(), found.key().length());
      return link.leases().ask(key.toString(), turn);
    } catch (RuntimeException failed) {
      errors.increment();
      return null;
    }
  }

  /** Enough of a token to tell it from others of its kind. */
  private static String start(byte[] tokens, int at) {
    return HexFormat.of().formatHex(tokens, at + 1, at + 1 + SHORT);
  }

  /**
   * Leaves word that a load begins.
   *
   * @param variant the description by which an evict finds the key; null where a template gave it
   * @param tagged whether the method has tags
   * @param lease of its flight; null where that is this JVM's alone
   * @return null where what it gives may not be stored
   */
  public Guard guard(Found found, String variant, boolean tagged, Lease lease, Turn turn) {
    return found == null ? null : guardAll(List.of(found), variant, tagged, lease, turn).get(0);
  }

  /**
   * Leaves word that several loads begin, in one round trip.
   *
   * @param lease of the flight of all; null where those are this JVM's alone
   * @return in their order, null where what a load gives may not be stored
   */
  public List<Guard> guardAll(
      List<Found> all, String variant, boolean tagged, Lease lease, Turn turn) {
    List<Guard> none = Collections.nCopies(all.size(), null);
    long began = System.nanoTime();
    try {
      for (Found found : all) {
        if (variant != null && !registry.register(variant, own(found.mark()), turn)) {
          link.marks().renew(markKey, this::prepare, turn); // its list of variants is lost
          return none;
        }
      }
      byte[] tags = tagged ? link.marks().current(tagsKey, Marks.NONE, turn) : null;
      List<byte[]> cells =
          all.stream().allMatch(found -> keeps(found.cell(), lease))
              ? all.stream().map(Found::cell).toList()
              : turn.run(
                  (backend, deadline) ->
                      Together.each(all, found -> claim(backend, found, lease, deadline)));
      List<Guard> guards = new ArrayList<>(all.size());
      for (int i = 0; i < cells.size(); i++) {
        Found found = all.get(i);
        byte[] cell = cells.get(i);
        boolean isToken = Tokens.isToken(cell);
        byte[] expected = isToken ? cell : head(cell);
        guards.add(new Guard(found.key(), expected, !isToken, found.mark(), tags, began, lease));
      }
      return guards;
    } catch (RuntimeException failed) {
      errors.increment();
      return none;
    }
  }

  /** Whether a load leaves the cell that it found as it is, to find it again when it stores. */
  private static boolean keeps(byte[] cell, Lease lease) {
    return cell != null && (lease == null || Tokens.isTombstone(cell) || !Tokens.isToken(cell));
  }

  /** Leaves a load's token where it is to leave one; the cell that is there then. */
  private static CompletionStage<byte[]> claim(
      Backend backend, Found found, Lease lease, Deadline deadline) {
    byte[] former = found.cell();
    if (keeps(former, lease)) {
      return CompletableFuture.completedFuture(former);
    }
    byte[] token = Tokens.load();
    return former == null
        ? backend
            .putIfAbsent(found.key(), token, LOAD_MILLIS, deadline)
            .thenApply(there -> there == null ? token : there)
        : backend // so that who lost the lease finds its own no more
            .replace(found.key(), former, token, LOAD_MILLIS, deadline)
            .thenApply(outcome -> outcome == Outcome.DONE ? token : former);
  }

  /**
   * Whether nothing was removed since a load began whose transaction is older than its look-up:
   * removals leave their moment behind, in what remains of their time with the backend.
   *
   * @param found what the look-up found
   * @param tagged whether the method has tags
   * @param nanos how long ago the transaction began
   */
  public boolean isUntouchedSince(Found found, boolean tagged, long nanos, Turn turn) {
    long millis = nanos / 1_000_000 + 1;
    try {
      return millis < TOMBSTONE_MILLIS
          && isUntouchedSince(found.key(), found.cell(), millis, turn)
          && link.marks().isOlder(markKey, nanos, turn)
          && link.marks().isOlder(allMarkKey, nanos, turn)
          && (!tagged || link.marks().isOlder(tagsKey, nanos, turn));
    } catch (RuntimeException failed) {
      errors.increment();
      return false;
    }
  }

  private static boolean isUntouchedSince(String key, byte[] cell, long millis, Turn turn) {
    if (cell == null || !(Tokens.isTombstone(cell) || EntryHead.isEntry(cell))) {
      return true;
    }
    if (EntryHead.isEntry(cell)) {
      return System.currentTimeMillis() - EntryHead.created(cell) > millis;
    }
    Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
    return timed != null
        && Tokens.isTombstone(timed.value())
        && TOMBSTONE_MILLIS - timed.millis() > millis;
  }

  /**
   * The guard of a store whose key is known only now, though its body began before.
   *
   * @param nanos how long ago it began
   * @return null where the key may have been removed since
   */
  public Guard guardSince(String key, boolean tagged, long nanos, Turn turn) {
    long millis = nanos / 1_000_000 + 1;
    if (tagged || millis >= TOMBSTONE_MILLIS) {
      return null; // nobody remembers what was removed since
    }
    try {
      Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
      byte[] cell = timed == null ? null : timed.value();
      if (cell != null
          && (Tokens.isTombstone(cell)
              ? TOMBSTONE_MILLIS - timed.millis() <= millis
              : EntryHead.isEntry(cell)
                  && System.currentTimeMillis() - EntryHead.created(cell) <= millis)) {
        return null;
      }
      return guard(new Found(key, cell, null, null, mark(turn)), null, false, null, turn);
    } catch (RuntimeException failed) {
      errors.increment();
      return null;
    }
  }

  private static byte[] head(byte[] cell) {
    return Arrays.copyOf(cell, Math.min(cell.length, EntryHead.LENGTH));
  }

  /**
   * What a load gave.
   *
   * @param header of the entry; its marks are filled in when it is stored
   * @param tags the tags of the result
   * @param value as the codec wrote it; null for null
   * @param millis for how long the backend keeps it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared nowhere
  public record Loaded(
      Guard guard, EntryHeader header, List<String> tags, byte[] value, long millis) {}

  /** Stores what a load gave, if what it found is still there; whether it was stored. */
  public boolean store(
      Guard guard, EntryHeader header, List<String> tags, byte[] value, long millis, Turn turn) {
    return storeAll(List.of(new Loaded(guard, header, tags, value, millis)), turn).get(0);
  }

  /**
   * Stores what several loads gave, in as many round trips as one of them takes.
   *
   * @return in their order, whether each was stored
   */
  public List<Boolean> storeAll(List<Loaded> all, Turn turn) {
    try {
      Map<String, byte[]> marks = freshMarks(all, turn);
      List<Cell> cells = new ArrayList<>(all.size());
      for (Loaded each : all) {
        boolean overtaken =
            !each.tags().isEmpty() && !Arrays.equals(each.guard().tags(), marks.get(tagsKey));
        // A tag that was removed meanwhile may be one of these; or another JVM leads by now.
        cells.add(overtaken || !isHeld(each.guard()) ? null : cell(each, marks));
      }
      return put(cells, turn);
    } catch (RuntimeException failed) {
      errors.increment();
      return Collections.nCopies(all.size(), false);
    }
  }

  private static boolean isHeld(Guard guard) {
    return guard.lease() == null || guard.lease().isHeld();
  }

  /** The marks of all tags, and after them that of the removal of any. */
  private Map<String, byte[]> freshMarks(List<Loaded> all, Turn turn) {
    List<String> keys =
        all.stream().flatMap(each -> each.tags().stream()).distinct().map(this::tagKey).toList();
    Map<String, byte[]> marks = new HashMap<>();
    if (!keys.isEmpty()) {
      List<byte[]> fresh = link.marks().fresh(keys, turn);
      for (int i = 0; i < fresh.size(); i++) {
        marks.put(keys.get(i), fresh.get(i));
      }
      marks.put(tagsKey, link.marks().fresh(tagsKey, Marks.NONE, turn));
    }
    return marks;
  }

  /** An entry on its way under its guard. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared nowhere
  private record Cell(Guard guard, byte[] expected, byte[] entry, long millis) {}

  private Cell cell(Loaded loaded, Map<String, byte[]> marks) {
    EntryHeader header = loaded.header();
    EntryHeader whole =
        new EntryHeader(
            header.codec(),
            header.created(),
            header.expires(),
            header.staleUntil(),
            header.errorUntil(),
            header.shape(),
            loaded.guard().mark(),
            loaded.tags().stream().map(tag -> new TagMark(tag, marks.get(tagKey(tag)))).toList());
    Guard guard = loaded.guard();
    return new Cell(
        guard,
        guard.expected(),
        codec.encode(guard.key(), whole, loaded.value()),
        Math.min(loaded.millis(), Backend.FOREVER));
  }

  /** Puts entries where what their loads left is still there; which were put. */
  private List<Boolean> put(List<Cell> cells, Turn turn) {
    boolean guarded = link.backend(false).capabilities().contains(Capability.CONDITIONAL);
    List<Cell> claimed = guarded ? claimed(cells, turn) : cells;
    if (claimed.stream().allMatch(Objects::isNull)) {
      return Collections.nCopies(cells.size(), false);
    }
    return turn.run(
        (backend, deadline) ->
            Together.each(
                claimed,
                cell ->
                    cell == null
                        ? CompletableFuture.completedFuture(false)
                        : (guarded
                                ? backend.replace(
                                    cell.guard().key(),
                                    cell.expected(),
                                    cell.entry(),
                                    cell.millis(),
                                    deadline)
                                : backend.put(
                                    cell.guard().key(), cell.entry(), cell.millis(), deadline))
                            .thenApply(outcome -> outcome == Outcome.DONE)));
  }

  /** The same with a token of their own in place of each entry that loads have found; or null. */
  private static List<Cell> claimed(List<Cell> cells, Turn turn) {
    if (cells.stream().noneMatch(cell -> cell != null && cell.guard().isHead())) {
      return cells;
    }
    return turn.run(
        (backend, deadline) ->
            Together.each(
                cells,
                cell ->
                    cell == null || !cell.guard().isHead()
                        ? CompletableFuture.completedFuture(cell)
                        : claimed(backend, cell, deadline)));
  }

  private static CompletionStage<Cell> claimed(Backend backend, Cell cell, Deadline deadline) {
    Guard guard = cell.guard();
    byte[] token = Tokens.load();
    return backend
        .exchange(guard.key(), token, LOAD_MILLIS, EntryHead.LENGTH, deadline)
        .thenApply(
            head -> {
              boolean young = System.nanoTime() - guard.began() < TOMBSTONE_MILLIS * 1_000_000;
              boolean isOurs = head == null ? young : Arrays.equals(head, cell.expected());
              return isOurs ? new Cell(guard, token, cell.entry(), cell.millis()) : null;
            });
  }

  /** Removes a key; how many entries went, -1 where the backend cannot know. */
  public long remove(String key) {
    return remove(key, turn());
  }

  private long remove(String key, Turn turn) {
    byte[] head;
    try {
      head = bury(key, turn);
    } catch (RuntimeException failed) {
      errors.increment();
      link.missed(prefix, key, later -> bury(key, later), this::renew);
      return -1;
    }
    try {
      return !link.backend(true).capabilities().contains(Capability.COUNT)
          ? -1
          : EntryHead.isServed(head, mark(turn)) ? 1 : 0;
    } catch (RuntimeException uncounted) { // gone it is
      errors.increment();
      return -1;
    }
  }

  private static byte[] bury(String key, Turn turn) {
    byte[] tombstone = Tokens.tombstone();
    return turn.run(
        (backend, deadline) ->
            backend.exchange(key, tombstone, TOMBSTONE_MILLIS, EntryHead.LENGTH, deadline));
  }

  /** Removes every entry. */
  public void clear() {
    try {
      renew(turn());
    } catch (RuntimeException failed) {
      errors.increment();
      link.missed(prefix, this::renew);
    }
  }

  private void renew(Turn turn) {
    link.marks().renew(markKey, this::prepare, turn);
  }

  /** Tells the parts of a key for a variant's parameters; null where it cannot have such. */
  @FunctionalInterface
  public interface Parts {
    Object[] of(List<String> types);
  }

  /**
   * Removes what each variant has for some arguments, in whatever release it is.
   *
   * @return how many entries went, -1 where the backend cannot know
   */
  public long evict(Parts parts) {
    long removed = 0;
    try {
      Turn turn = turn();
      byte[] mark = own(mark(turn));
      List<String> variants = registry.members(mark, turn);
      if (variants == null) {
        renew(turn);
        return -1;
      }
      for (String variant : variants) {
        Object[] made = parts.of(Registry.typesOf(variant));
        if (made != null) {
          long one = remove(keyOfParts(Registry.nameOf(variant), made), turn);
          removed = one < 0 || removed < 0 ? -1 : removed + one;
        }
      }
      return removed;
    } catch (RuntimeException failed) {
      // Which keys they are is not known without the backend: all go.
      errors.increment();
      link.missed(prefix, this::renew);
      return -1;
    }
  }
}
