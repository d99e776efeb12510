/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.StoredKeys;
import dev.larder.spi.Timed;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import net.spy.memcached.ops.StatusCode;

/**
 * Memcached: one server, or several on a ring of consistent hashes.
 *
 * <p>A server that is away takes its keys with it; they do not move to the others, since they would
 * come back stale with it. What must look before it writes reads the item with its version and
 * writes against that, again where somebody was faster. Values over the server's limit are refused.
 */
public final class MemcachedBackend implements Backend {

  private static final int LONGEST_KEY = 250;

  /** What the server puts beside an item's key and value, and more. */
  private static final int ITEM_OVERHEAD = 1024;

  private final StoredKeys keys = StoredKeys.plainUpTo(LONGEST_KEY);
  private final AtomicBoolean warned = new AtomicBoolean();
  private MemcachedConnector connector;
  private BackendListener listener;
  private String prefix;

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.CONDITIONAL, Capability.COUNT);
  }

  @Override
  public Set<String> settings() {
    return MemcachedSettings.NAMES;
  }

  @Override
  public void start(BackendSettings settings, BackendListener listener) {
    this.listener = listener;
    this.prefix = settings.prefix();
    this.connector = new MemcachedConnector(MemcachedSettings.of(settings), settings.timeout());
  }

  private CompletableFuture<Answer> ask(Request request) {
    try {
      return connector.ask(request);
    } catch (IllegalStateException full) {
      return failed(
          Kind.OVERLOADED, "too many operations wait for Memcached: " + full.getMessage());
    }
  }

  private static BackendException failure(Kind kind, String message) {
    return new BackendException(kind, message, null);
  }

  private static <R> CompletableFuture<R> failed(Kind kind, String message) {
    return CompletableFuture.failedFuture(failure(kind, message));
  }

  /** An item as it was read. */
  private record Item(long version, Cell cell) {}

  private CompletableFuture<Item> read(String stored, Deadline deadline) {
    return ask(Request.get(stored, deadline))
        .thenApply(
            answer -> {
              if (!answer.isGood()) {
                return null;
              }
              if (answer.version() == 0) { // which would let a write go over anything
                throw failure(
                    Kind.REFUSED,
                    "this Memcached gives its items no versions, so that nothing would keep a value"
                        + " from going over what was removed; start it without -C");
              }
              return new Item(answer.version(), Cell.of(answer.value()));
            });
  }

  private static boolean isThere(Item item) {
    return item != null && !item.cell().isOver();
  }

  /** What one attempt came to; {@code again} where somebody was faster. */
  private record Attempt<R>(boolean again, R result) {
    static <R> Attempt<R> done(R result) {
      return new Attempt<>(false, result);
    }
  }

  /** Reads an item and does something about it, until nobody was faster or the deadline is over. */
  private <R> CompletableFuture<R> readThen(
      String stored, Deadline deadline, Function<Item, CompletableFuture<Attempt<R>>> attempt) {
    return read(stored, deadline)
        .thenCompose(attempt)
        .thenCompose(
            made ->
                made.again()
                    ? readThen(stored, deadline, attempt)
                    : CompletableFuture.completedFuture(made.result()));
  }

  private static <R> CompletableFuture<Attempt<R>> enough(R result) {
    return CompletableFuture.completedFuture(Attempt.done(result));
  }

  /**
   * Writes in place of an item just as it was read; of one that was not there, if it still is not.
   */
  private <R> CompletableFuture<Attempt<R>> write(
      String stored, Item old, Cell cell, Deadline deadline, Supplier<R> result) {
    Request request =
        old == null
            ? Request.add(stored, cell, deadline)
            : Request.set(stored, cell, old.version(), deadline);
    return ask(request)
        .thenApply(
            answer -> {
              if (answer.code() == StatusCode.ERR_2BIG) {
                throw failure(Kind.TOO_LARGE, "Memcached takes no item so long");
              }
              return answer.isGood() ? Attempt.done(result.get()) : new Attempt<>(true, null);
            });
  }

  /** Whether a value is longer than the server takes; the first is warned of. */
  private boolean isTooLarge(String stored, byte[] value) {
    int room = connector.itemSize() - ITEM_OVERHEAD - stored.length();
    if (Cell.lengthWith(value) <= room) {
      return false;
    }
    warnOfTooLarge(value, room);
    return true;
  }

  private void warnOfTooLarge(byte[] value, int room) {
    if (warned.compareAndSet(false, true)) {
      listener.warn(
          "a value of "
              + value.length
              + " bytes is too large for Memcached, which takes no more than "
              + room
              + " here; such values are not cached (memcached -I raises the limit, compress-above"
              + " may shrink the values)");
    }
  }

  @Override
  public CompletionStage<Void> ping(Deadline deadline) {
    // Of a ring any server may be away; each ping asks another.
    String key = prefix + ":ping:" + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    return get(key, deadline).thenApply(nothing -> null);
  }

  @Override
  public CompletionStage<byte[]> get(String key, Deadline deadline) {
    return getCell(key, deadline).thenApply(cell -> cell == null ? null : cell.value());
  }

  private CompletableFuture<Cell> getCell(String key, Deadline deadline) {
    return read(keys.of(key), deadline).thenApply(item -> isThere(item) ? item.cell() : null);
  }

  @Override
  public CompletionStage<Timed> getTimed(String key, Deadline deadline) {
    return getCell(key, deadline)
        .thenApply(
            cell -> cell == null ? null : new Timed(cell.value(), Math.max(1, cell.millisLeft())));
  }

  @Override
  public CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return CompletableFuture.completedFuture(Outcome.TOO_LARGE);
    }
    Cell cell = Cell.lasting(within(millis), value);
    return ask(Request.set(stored, cell, 0, deadline))
        .thenApply(
            answer -> {
              if (answer.isGood()) {
                return Outcome.DONE;
              }
              if (answer.code() == StatusCode.ERR_2BIG) { // its limit is not known yet
                warnOfTooLarge(value, value.length - 1);
                return Outcome.TOO_LARGE;
              }
              throw failure(Kind.REFUSED, "Memcached said " + answer.code());
            });
  }

  @Override
  public CompletionStage<byte[]> putIfAbsent(
      String key, byte[] value, long millis, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return failed(Kind.TOO_LARGE, "a value of " + value.length + " bytes is too large");
    }
    return readThen(
        stored,
        deadline,
        item ->
            isThere(item)
                ? enough(item.cell().value())
                : write(stored, item, Cell.lasting(within(millis), value), deadline, () -> null));
  }

  @Override
  public CompletionStage<Outcome> replace(
      String key, byte[] expected, byte[] value, long millis, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return CompletableFuture.completedFuture(Outcome.TOO_LARGE);
    }
    return readThen(
        stored,
        deadline,
        item ->
            isThere(item) && Arrays.equals(item.cell().value(), expected)
                ? write(
                    stored, item, Cell.lasting(within(millis), value), deadline, () -> Outcome.DONE)
                : enough(Outcome.NOT_MET));
  }

  @Override
  public CompletionStage<byte[]> exchange(
      String key, byte[] value, long millis, int head, Deadline deadline) {
    String stored = keys.of(key);
    if (isTooLarge(stored, value)) {
      return failed(Kind.TOO_LARGE, "a value of " + value.length + " bytes is too large");
    }
    return readThen(
        stored,
        deadline,
        item ->
            write(
                stored,
                item,
                Cell.lasting(within(millis), value),
                deadline,
                () -> isThere(item) ? head(item.cell().value(), head) : null));
  }

  private static byte[] head(byte[] value, int length) {
    return value.length <= length ? value : Arrays.copyOf(value, length);
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long millis, Deadline deadline) {
    String stored = keys.of(key);
    return readThen(
        stored,
        deadline,
        item ->
            isThere(item)
                ? write(
                    stored,
                    item,
                    Cell.lasting(within(millis), item.cell().value()),
                    deadline,
                    () -> true)
                : enough(false));
  }

  @Override
  public CompletionStage<Boolean> remove(String key, Deadline deadline) {
    String stored = keys.of(key);
    return readThen(
        stored, deadline, item -> isThere(item) ? delete(stored, item, deadline) : enough(false));
  }

  @Override
  public CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline) {
    String stored = keys.of(key);
    return readThen(
        stored,
        deadline,
        item ->
            isThere(item) && Arrays.equals(item.cell().value(), expected)
                ? delete(stored, item, deadline)
                : enough(false));
  }

  private CompletableFuture<Attempt<Boolean>> delete(String stored, Item item, Deadline deadline) {
    return ask(Request.delete(stored, item.version(), deadline))
        .thenApply(answer -> new Attempt<>(!answer.isGood(), true));
  }

  private static long within(long millis) {
    return Math.min(Math.max(1, millis), LONGEST);
  }

  @Override
  public void close() {
    if (connector != null) {
      connector.close();
    }
  }
}
