/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

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
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Redis: one server, a primary behind sentinels, or a cluster.
 *
 * <p>A cell is one string, with the time to live as its {@code PX}. All commands of a JVM go over
 * one connection (of a cluster: one to each node), one behind the other, without waiting for
 * answers. What must look before it writes is a script about its one key, which works on a cluster
 * as well; nothing lists keys.
 *
 * <p>What somebody else keeps under one of its keys and is no string counts as absent, and is
 * overwritten: hence {@code pcall} in the scripts, which gives an error as a table.
 */
public final class RedisBackend implements Backend {

  private static final String OUT_OF_STEP = "it answers what it was not asked";

  /** Redis would take any key of up to 512 MB; what is longer than this is a mistake. */
  private static final int LONGEST_KEY = 64 * 1024;

  /** Where Redis is left as it comes, it refuses what is longer ({@code proto-max-bulk-len}). */
  private static final int LONGEST_VALUE = 512 * 1024 * 1024;

  private static final Script PUT_IF_ABSENT =
      new Script(
          ScriptOutputType.VALUE,
          """
          local old = redis.pcall('GET', KEYS[1])
          if type(old) == 'string' then return old end
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return false
          """);

  private static final Script REPLACE =
      new Script(
          ScriptOutputType.INTEGER,
          """
          if redis.pcall('STRLEN', KEYS[1]) ~= #ARGV[1] then return 0 end
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
          redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
          return 1
          """);

  static final String EXCHANGE_TO_RESULT =
      """
      local result = false
      if redis.call('EXISTS', KEYS[1]) == 1 then
        result = ARGV[3] == '0' and '' or redis.pcall('GETRANGE', KEYS[1], 0, ARGV[3] - 1)
        if type(result) ~= 'string' then result = false end
      end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      """;

  private static final Script EXCHANGE =
      new Script(ScriptOutputType.VALUE, EXCHANGE_TO_RESULT + "return result");

  private static final Script GET_TIMED =
      new Script(
          ScriptOutputType.MULTI,
          """
          local value = redis.pcall('GET', KEYS[1])
          if type(value) ~= 'string' then return {} end
          return {value, redis.call('PTTL', KEYS[1])}
          """);

  private static final Script REMOVE_IF =
      new Script(
          ScriptOutputType.INTEGER,
          """
          if redis.pcall('STRLEN', KEYS[1]) ~= #ARGV[1] then return 0 end
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
          return redis.call('DEL', KEYS[1])
          """);

  private final StoredKeys keys = StoredKeys.upTo(LONGEST_KEY);
  private RedisConnector connector;
  private RedisWatch watch;
  private ToldWrites told;

  @Override
  public Set<Capability> capabilities() {
    return Collections.unmodifiableSet(EnumSet.allOf(Capability.class));
  }

  @Override
  public Set<String> settings() {
    return RedisSettings.NAMES;
  }

  @Override
  public void start(BackendSettings settings, BackendListener listener) {
    connector = new RedisConnector(RedisSettings.of(settings));
    watch = new RedisWatch(connector, listener, settings.prefix());
    told = new ToldWrites(watch.channel());
    connector.start(watch::start);
  }

  /** Runs a command on the connection, if there is one and time is left. */
  private <T, R> CompletionStage<R> ask(
      Deadline deadline,
      Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> command,
      Function<T, R> answer) {
    return ask(
        deadline,
        command,
        (value, failure) -> {
          if (failure != null) {
            throw Failures.of(failure);
          }
          return answer.apply(value);
        });
  }

  private <T, R> CompletionStage<R> ask(
      Deadline deadline,
      Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> command,
      BiFunction<T, Throwable, R> answer) {
    RedisLink link = connector.link();
    if (link == null || deadline.isPast()) {
      return unsent(link);
    }
    CompletionStage<T> running;
    try {
      running = command.apply(link.commands());
    } catch (RuntimeException rejected) {
      return CompletableFuture.failedFuture(Failures.of(rejected));
    }
    return running
        .whenComplete(
            (done, failure) -> {
              if (failure != null && Failures.isByReplica(failure)) {
                connector.leave(link, "the server is a replica");
              } else if (failure != null && Failures.isToAnotherCommand(failure)) {
                connector.leave(link, OUT_OF_STEP);
              }
            })
        .handle(answer);
  }

  /** Of a command that is not sent. */
  private <R> CompletionStage<R> unsent(RedisLink link) {
    return link == null
        ? failed(Kind.UNAVAILABLE, "there is no connection to Redis yet" + connector.reason())
        : failed(Kind.TIMEOUT, "the deadline was over before the command was sent");
  }

  /** What is no string counts as absent, as {@code MGET} has it. */
  private static byte[] cell(byte[] value, Throwable failure) {
    if (failure != null && !Failures.isOfOtherType(failure)) {
      throw Failures.of(failure);
    }
    return value;
  }

  private static <R> CompletionStage<R> failed(Kind kind, String message) {
    return CompletableFuture.failedFuture(new BackendException(kind, message, null));
  }

  /** Whether a write has to tell of itself, since the server does not. */
  private boolean tells() {
    return watch.channel().isUsed();
  }

  @Override
  public CompletionStage<Void> ping(Deadline deadline) {
    RedisLink asked = connector.link();
    return ask(
        deadline,
        RedisClusterAsyncCommands::ping,
        pong -> {
          if (!"PONG".equals(pong)) {
            connector.leave(asked, OUT_OF_STEP);
            throw new BackendException(Kind.GARBLED, OUT_OF_STEP, null);
          }
          return null;
        });
  }

  @Override
  public CompletionStage<byte[]> get(String key, Deadline deadline) {
    RedisLink link = connector.link();
    if (link == null || deadline.isPast()) {
      return unsent(link);
    }
    GetCell get = new GetCell(keys.of(key));
    try {
      link.connection().dispatch(get);
    } catch (RuntimeException rejected) {
      get.completeExceptionally(rejected);
    }
    return get;
  }

  @Override
  public CompletionStage<byte[]> getWatched(String key, Deadline deadline) {
    if (!keys.of(key).equals(key)) {
      return failed(Kind.REFUSED, "changes of a key that is stored under another cannot be pushed");
    }
    RedisLink link = connector.link();
    return link == null
        ? unsent(null)
        : ask(deadline, commands -> watch.get(link, key, deadline), RedisBackend::cell);
  }

  @Override
  public CompletionStage<Timed> getTimed(String key, Deadline deadline) {
    return ask(
        deadline,
        commands -> GET_TIMED.<List<Object>>run(commands, keys.of(key)),
        found -> found.isEmpty() ? null : timed((byte[]) found.get(0), (Long) found.get(1)));
  }

  private static Timed timed(byte[] value, long millis) {
    // Somebody else has made the cell stay: it is as old as can be.
    return new Timed(value, millis < 0 ? 1 : Math.max(1, millis));
  }

  @Override
  public CompletionStage<List<byte[]>> getAll(List<String> wanted, Deadline deadline) {
    if (wanted.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    String[] stored = wanted.stream().map(keys::of).toArray(String[]::new);
    return ask(
        deadline,
        commands -> commands.mget(stored),
        found -> found.stream().map(each -> each.getValueOrElse(null)).toList());
  }

  @Override
  public CompletionStage<Outcome> put(String key, byte[] value, long millis, Deadline deadline) {
    if (value.length > LONGEST_VALUE) {
      return CompletableFuture.completedFuture(Outcome.TOO_LARGE);
    }
    String stored = keys.of(key);
    return ask(
        deadline,
        commands ->
            tells()
                ? told.put(commands, stored, value, text(within(millis)))
                : commands.set(stored, value, SetArgs.Builder.px(within(millis))),
        ok -> Outcome.DONE);
  }

  @Override
  public CompletionStage<byte[]> putIfAbsent(
      String key, byte[] value, long millis, Deadline deadline) {
    if (value.length > LONGEST_VALUE) {
      return failed(Kind.TOO_LARGE, "a value of " + value.length + " bytes; Redis takes 512 MB");
    }
    return ask(
        deadline,
        commands -> PUT_IF_ABSENT.<byte[]>run(commands, keys.of(key), value, text(within(millis))),
        Function.identity());
  }

  @Override
  public CompletionStage<Outcome> replace(
      String key, byte[] expected, byte[] value, long millis, Deadline deadline) {
    if (value.length > LONGEST_VALUE) {
      return CompletableFuture.completedFuture(Outcome.TOO_LARGE);
    }
    return ask(
        deadline,
        commands ->
            REPLACE.<Long>run(commands, keys.of(key), expected, value, text(within(millis))),
        replaced -> replaced == 1 ? Outcome.DONE : Outcome.NOT_MET);
  }

  @Override
  public CompletionStage<byte[]> exchange(
      String key, byte[] value, long millis, int head, Deadline deadline) {
    String stored = keys.of(key);
    return ask(
        deadline,
        commands ->
            tells()
                ? told.exchange(commands, stored, value, text(within(millis)), text(head))
                : EXCHANGE.<byte[]>run(commands, stored, value, text(within(millis)), text(head)),
        Function.identity());
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long millis, Deadline deadline) {
    return ask(
        deadline, commands -> commands.pexpire(keys.of(key), within(millis)), Function.identity());
  }

  @Override
  public CompletionStage<Boolean> remove(String key, Deadline deadline) {
    String stored = keys.of(key);
    return ask(
        deadline,
        commands -> tells() ? told.remove(commands, stored) : commands.del(stored),
        removed -> removed > 0);
  }

  @Override
  public CompletionStage<Boolean> removeIf(String key, byte[] expected, Deadline deadline) {
    return ask(
        deadline,
        commands -> REMOVE_IF.<Long>run(commands, keys.of(key), expected),
        removed -> removed > 0);
  }

  private static long within(long millis) {
    return Math.min(Math.max(1, millis), LONGEST);
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    if (connector != null) {
      connector.close();
    }
  }
}
