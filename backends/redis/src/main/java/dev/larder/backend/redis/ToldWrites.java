/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Writes that tell of themselves on the channel, in one step with the write: so whoever listens is
 * told of each that was done, also where its answer is lost or this JVM ends.
 *
 * <p>Where the server refuses to publish, the write is done all the same, and the channel learns of
 * it.
 */
final class ToldWrites {

  private static final String TELL =
      """
      local told = redis.pcall('PUBLISH', ARGV[#ARGV], KEYS[1])
      return {result, type(told) == 'table' and told['err'] or ''}
      """;

  private static final Script PUT =
      new Script(
          ScriptOutputType.MULTI,
          """
          local result = 'OK'
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          """
              + TELL);

  private static final Script EXCHANGE =
      new Script(ScriptOutputType.MULTI, RedisBackend.EXCHANGE_TO_RESULT + TELL);

  private static final Script REMOVE =
      new Script(
          ScriptOutputType.MULTI,
          """
          local result = redis.call('DEL', KEYS[1])
          """
              + TELL);

  private final RedisChannel channel;
  private final byte[] name;

  ToldWrites(RedisChannel channel) {
    this.channel = channel;
    this.name = channel.name().getBytes(UTF_8);
  }

  /** As {@code SET} with {@code PX}. */
  CompletionStage<String> put(
      RedisClusterAsyncCommands<String, byte[]> commands, String key, byte[] value, byte[] millis) {
    return run(PUT, commands, key, value, millis, name).thenApply(ok -> "OK");
  }

  /** As {@link RedisBackend#exchange}. */
  CompletionStage<byte[]> exchange(
      RedisClusterAsyncCommands<String, byte[]> commands,
      String key,
      byte[] value,
      byte[] millis,
      byte[] head) {
    return run(EXCHANGE, commands, key, value, millis, head, name).thenApply(byte[].class::cast);
  }

  /** As {@code DEL}. */
  CompletionStage<Long> remove(RedisClusterAsyncCommands<String, byte[]> commands, String key) {
    return run(REMOVE, commands, key, name).thenApply(Long.class::cast);
  }

  private CompletionStage<Object> run(
      Script script,
      RedisClusterAsyncCommands<String, byte[]> commands,
      String key,
      byte[]... arguments) {
    return script
        .<List<Object>>run(commands, key, arguments)
        .thenApply(
            done -> {
              byte[] refusal = (byte[]) done.get(1);
              if (refusal.length > 0) {
                channel.noteRefused("PUBLISH", new String(refusal, UTF_8));
              }
              return done.get(0);
            });
  }
}
