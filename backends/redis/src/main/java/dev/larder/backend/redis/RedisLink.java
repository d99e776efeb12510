/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.function.Function;

/**
 * The connection over which all commands go, once it stands.
 *
 * @param connection what is closed in the end
 * @param commands the commands that one server and a cluster have in common
 * @param node the server that has a key now, as an address to connect to; null while a cluster
 *     knows none
 */
record RedisLink(
    StatefulConnection<String, byte[]> connection,
    RedisClusterAsyncCommands<String, byte[]> commands,
    Function<String, RedisURI> node) {}
