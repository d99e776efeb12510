/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A server, or a fleet of them, that keeps bytes under keys for a time: Redis, Memcached, DynamoDB,
 * or one of yours.
 *
 * <p><b>What a backend knows, and what it does not.</b> A backend owns bytes and time. Under a key
 * stands a <i>cell</i>: some bytes, none, one or a million of them, and the moment at which they
 * are gone. What the bytes mean is the engine's: an entry behind its header, the token that a miss
 * left, the lease of a flight, the tombstone of a removal, the mark of a cache. So single flights,
 * guards of loads against removals, tags and clears need nothing of a backend but that {@link
 * #putIfAbsent}, {@link #replace} and {@link #removeIf} are atomic for one key.
 *
 * <p><b>Cells.</b> Each operation is about one key and linearisable with all others of that key,
 * from whatever JVM: what was acknowledged is seen by each later read. There is no operation over
 * several keys at once but {@link #getAll}, which is no snapshot, and none that lists keys. A cell
 * whose time is over is absent for every operation, to the millisecond, even where the server
 * deletes it later: where its clock is too coarse, keep the moment beside the bytes. A server may
 * lose cells (it was full, it failed over); it must not bring back old ones.
 *
 * <p><b>Keys</b> are well-formed Unicode text of up to 64 KB with any character in it, spaces and
 * line ends too, and begin with {@link BackendSettings#prefix} and a colon. What a server cannot
 * take as it is, the backend replaces, injectively but for the collisions of a cryptographic hash;
 * {@link StoredKeys} does that. No two keys may ever share a cell.
 *
 * <p><b>Stages.</b> Every operation returns at once, also while there is no connection, and never
 * throws for a reason that lies with the server: its stage then completes with a {@link
 * BackendException}. It does so by the call's {@link Deadline} or soon after; what was not sent by
 * then is not sent any more. The engine waits no longer than the deadline, whatever happens. A
 * stage may complete on a thread of the client: what the engine hangs on it neither blocks nor
 * takes long. Nothing is queued for a server that is away (fail at once, with {@link
 * BackendException.Kind#UNAVAILABLE}); nothing is tried twice, since the engine has a breaker and
 * replays what must not be lost.
 *
 * <p><b>Life.</b> The class is public and has a public constructor without parameters. {@link
 * #start} is called once, on a thread of the engine's, before anything else; {@link #close} once,
 * at exit. In between every method may be called by any number of threads. Connecting and
 * connecting again is the backend's own business, and needs no call to be noticed: once the server
 * is back, {@link #ping} succeeds within five seconds. Threads are daemons; none belongs to the
 * common pool.
 *
 * <p><b>Arrays</b> that were handed over, in either direction, are changed by nobody.
 *
 * <p>Larder publishes the test that its own backends pass ({@code BackendContractTest} in {@code
 * larder-test-harness}); run it over yours. The page {@code docs/extending.md} has an example.
 */
public interface Backend extends AutoCloseable {

  /** What this backend can do; the same for as long as it lives. */
  Set<Capability> capabilities();

  /**
   * The names of the settings that are this backend's own, such as {@code acme.url}; they may then
   * stand in {@code larder.properties} and reach {@link #start}. None unless overridden.
   */
  default Set<String> settings() {
    return Set.of();
  }

  /**
   * Begins to connect, without waiting until it has: a server that is away is no fault.
   *
   * @param listener whom to tell of pushed changes, lost connections and what a person should read
   * @throws IllegalArgumentException if a setting is wrong; the message names it, what is wrong
   *     with it and what is allowed, and quotes no secret
   */
  void start(BackendSettings settings, BackendListener listener);

  /** Completes when the server has answered; asked by the breaker's probe. */
  CompletionStage<Void> ping(Deadline deadline);

  /** The bytes under a key; null if it has none. */
  CompletionStage<byte[]> get(String key, Deadline deadline);

  /**
   * As {@link #get}, and from this read on the listener is told once of the next change of the key
   * by anybody (a write, a removal, its end), also where the key has no bytes now.
   *
   * <p>What is pushed may overtake the answer on its way through the engine: whoever keeps the
   * bytes leaves a placeholder before the call, and keeps them only if the placeholder is still
   * there. A reader of entries that most often finds none asks {@link #get} first, so that filling
   * the key tells nobody.
   *
   * <p>It fails where changes of the key cannot be told now, rather than give bytes of which no
   * change would be told. Without {@link Capability#PUSH} it is {@link #get}.
   */
  default CompletionStage<byte[]> getWatched(String key, Deadline deadline) {
    return get(key, deadline);
  }

  /**
   * The bytes under a key with the time that is left to them; null if it has none. With a constant
   * time to live this tells how old a cell is without a comparison of two machines' clocks, where
   * the backend has {@link Capability#SERVER_TIME}.
   */
  CompletionStage<Timed> getTimed(String key, Deadline deadline);

  /**
   * The bytes under several keys, in the keys' order, null where a key has none; in as few round
   * trips as the server allows. It is no snapshot.
   */
  default CompletionStage<List<byte[]>> getAll(List<String> keys, Deadline deadline) {
    List<CompletableFuture<byte[]>> all = new ArrayList<>(keys.size());
    for (String key : keys) {
      all.add(get(key, deadline).toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              List<byte[]> values = new ArrayList<>(all.size());
              all.forEach(each -> values.add(each.join()));
              return Collections.unmodifiableList(values);
            });
  }

  /**
   * Keeps bytes in place of whatever the key has.
   *
   * @param millis for how long, 1 to {@link #LONGEST}
   * @return {@link Outcome#DONE} or {@link Outcome#TOO_LARGE}
   */
  CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline);

  /**
   * Keeps bytes if the key has none.
   *
   * @return null if they were kept, else the bytes that are there; fails with {@link
   *     BackendException.Kind#TOO_LARGE} where the server takes none so long
   */
  CompletionStage<byte[]> putIfAbsent(String key, byte[] value, long millis, Deadline deadline);

  /**
   * Keeps bytes if what the key has equals {@code expected}, to the last byte. The engine expects
   * tokens, of less than 256 bytes, never entries. Equal bytes may be kept anew to give them more
   * time.
   *
   * @return {@link Outcome#DONE}, {@link Outcome#NOT_MET} or {@link Outcome#TOO_LARGE}; of the last
   *     two nothing has changed
   */
  CompletionStage<Outcome> replace(
      String key, byte[] expected, byte[] value, long millis, Deadline deadline);

  /**
   * Keeps bytes in place of whatever the key has, and gives the head of what that was. This is how
   * the engine removes: a tombstone goes in, and the old cell's head tells whether an entry went.
   *
   * @param head how many bytes of the old cell are wanted, at most
   * @return the old cell's first bytes, as many as there are up to {@code head}; null if the key
   *     had none
   */
  CompletionStage<byte[]> exchange(
      String key, byte[] value, long millis, int head, Deadline deadline);

  /** Gives what the key has another time to live, from now; whether it has anything. */
  CompletionStage<Boolean> touch(String key, long millis, Deadline deadline);

  /** Removes what the key has; whether it had anything. */
  CompletionStage<Boolean> remove(String key, Deadline deadline);

  /** Removes what the key has if that equals {@code expected}; whether it did. */
  CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline);

  /**
   * Lets go of all connections and threads, within two seconds, also where the server hangs. What
   * is under way may fail, what comes later does.
   */
  @Override
  void close();

  /** What {@code forever} means on a server: 30 days in milliseconds. */
  long FOREVER = 30L * 24 * 60 * 60 * 1_000;

  /** The longest time to live, 10 years in milliseconds. */
  long LONGEST = 3_650L * 24 * 60 * 60 * 1_000;
}
