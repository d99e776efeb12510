/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.ClusterPushHandler;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.StatefulRedisClusterConnectionImpl;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.json.JsonParser;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lettuce's clients with connections that have no synchronous commands, which nobody here uses.
 * Each would be a proxy for an interface of a thousand methods: to make its class takes a fifth of
 * the CPU time from a JVM's start to its first hit, which on a busy machine is seconds.
 */
final class AsyncClients {

  private AsyncClients() {}

  static RedisClient ofServer(ClientResources resources) {
    return new OfServer(resources);
  }

  static RedisClusterClient ofCluster(ClientResources resources, Iterable<RedisURI> seeds) {
    return new OfCluster(resources, seeds);
  }

  private static final class OfServer extends RedisClient {
    OfServer(ClientResources resources) {
      super(resources, new RedisURI());
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
        RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
      return new ToServer<>(writer, pushes, codec, timeout, getOptions().getJsonParser());
    }
  }

  private static final class OfCluster extends RedisClusterClient {
    OfCluster(ClientResources resources, Iterable<RedisURI> seeds) {
      super(resources, seeds);
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
        RedisChannelWriter writer,
        PushHandler pushes,
        RedisCodec<K, V> codec,
        Duration timeout,
        Supplier<JsonParser> parser) {
      return new ToServer<>(writer, pushes, codec, timeout, parser);
    }

    @Override
    protected <V, K> StatefulRedisClusterConnectionImpl<K, V> newStatefulRedisClusterConnection(
        RedisChannelWriter writer,
        ClusterPushHandler pushes,
        RedisCodec<K, V> codec,
        Duration timeout,
        Supplier<JsonParser> parser) {
      return new ToCluster<>(writer, pushes, codec, timeout, parser);
    }
  }

  private static final class ToServer<K, V> extends StatefulRedisConnectionImpl<K, V> {
    ToServer(
        RedisChannelWriter writer,
        PushHandler pushes,
        RedisCodec<K, V> codec,
        Duration timeout,
        Supplier<JsonParser> parser) {
      super(writer, pushes, codec, timeout, parser);
    }

    @Override
    protected RedisCommands<K, V> newRedisSyncCommandsImpl() {
      return null;
    }
  }

  private static final class ToCluster<K, V> extends StatefulRedisClusterConnectionImpl<K, V> {
    ToCluster(
        RedisChannelWriter writer,
        ClusterPushHandler pushes,
        RedisCodec<K, V> codec,
        Duration timeout,
        Supplier<JsonParser> parser) {
      super(writer, pushes, codec, timeout, parser);
    }

    @Override
    protected RedisAdvancedClusterCommands<K, V> newRedisAdvancedClusterCommandsImpl() {
      return null;
    }
  }
}
