/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A Lua script about one key, sent by its hash, and in full where the server does not know it. */
final class Script {

  private final String text;
  private final String hash;
  private final ScriptOutputType output;

  Script(ScriptOutputType output, String text) {
    this.output = output;
    this.text = text;
    try {
      byte[] sha1 =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      this.hash = HexFormat.of().formatHex(sha1);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }

  <T> CompletionStage<T> run(
      RedisClusterAsyncCommands<String, byte[]> commands, String key, byte[]... arguments) {
    String[] keys = {key};
    CompletionStage<T> known = commands.evalsha(hash, output, keys, arguments);
    return known
        .handle(
            (value, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(value);
              }
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              CompletionStage<T> next =
                  cause instanceof RedisNoScriptException
                      ? commands.eval(text, output, keys, arguments)
                      : CompletableFuture.failedFuture(failure);
              return next;
            })
        .thenCompose(stage -> stage);
  }
}
