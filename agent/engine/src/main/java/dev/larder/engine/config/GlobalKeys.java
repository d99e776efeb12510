/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The keys that stand alone: of the whole agent, and of the backends. */
public final class GlobalKeys {

  /** A constant, so that a start where no source says anything loads none of the keys. */
  public static final String PREFIX_BY_DEFAULT = "larder";

  /** What follows a faulty configuration at start. */
  public enum OnConfigError {
    UNCACHED,
    EXIT,
    SKIP
  }

  /** Whether calls are cached or only watched. */
  public enum Mode {
    CACHE,
    OBSERVE
  }

  /** How much is logged. */
  public enum LogLevel {
    WARN,
    ERROR,
    INFO,
    DEBUG,
    TRACE
  }

  /** Whether Redis is a cluster. */
  public enum Cluster {
    AUTO,
    ON,
    OFF
  }

  public static final Key<String> PREFIX =
      Key.global("prefix", Parsers.prefix(), PREFIX_BY_DEFAULT);
  public static final Key<MaxMemory> MAX_MEMORY =
      Key.global("max-memory", Parsers.maxMemory(), new MaxMemory(0.1, 0));
  public static final Key<OnConfigError> ON_CONFIG_ERROR =
      Key.global("on-config-error", Parsers.oneOf(OnConfigError.class), OnConfigError.UNCACHED);

  /** Paths of jars. */
  public static final Key<List<String>> EXTENSIONS =
      Key.global("extensions", Parsers.list(), List.of());

  /** The name of a class; null for Larder's own way. */
  public static final Key<String> KEY_BUILDER =
      Key.global("key-builder", Parsers.wordOrClass(), null);

  /** Null where entries are not sealed. */
  public static final Key<Secret> SEAL_KEY = Key.global("seal.key", Parsers.secrets(), null);

  /** {@code stderr}, {@code off} or a path. */
  public static final Key<String> LOG =
      Key.global("log", Parsers.someText("stderr, off or a path"), "stderr");

  public static final Key<LogLevel> LOG_LEVEL =
      Key.global("log-level", Parsers.oneOf(LogLevel.class), LogLevel.WARN);

  /** Null for no console. */
  public static final Key<String> CONSOLE =
      Key.global("console", Parsers.serverOr("none", "off"), null);

  /** Null for a token made at start. */
  public static final Key<Secret> CONSOLE_TOKEN =
      Key.global("console.token", Parsers.secret(), null);

  public static final Key<Mode> MODE = Key.global("mode", Parsers.oneOf(Mode.class), Mode.CACHE);

  /** The share of hits that are run again, from 0 to 1. */
  public static final Key<Double> VERIFY = Key.global("verify", Parsers.share(), 0.0);

  public static final Key<Addresses> REDIS_URI = Key.global("redis.uri", Parsers.redisUris(), null);
  public static final Key<Cluster> REDIS_CLUSTER =
      Key.global("redis.cluster", Parsers.oneOf(Cluster.class), Cluster.AUTO);
  public static final Key<String> REDIS_USERNAME =
      Key.global("redis.username", Parsers.text(), null);
  public static final Key<Secret> REDIS_PASSWORD =
      Key.global("redis.password", Parsers.secret(), null);
  public static final Key<String> REDIS_CA = Key.global("redis.ca", Parsers.text(), null);
  public static final Key<List<String>> MEMCACHED_SERVERS =
      Key.global("memcached.servers", Parsers.servers(), null);
  public static final Key<String> MEMCACHED_USERNAME =
      Key.global("memcached.username", Parsers.text(), null);
  public static final Key<Secret> MEMCACHED_PASSWORD =
      Key.global("memcached.password", Parsers.secret(), null);
  public static final Key<String> DYNAMODB_TABLE =
      Key.global("dynamodb.table", Parsers.someText("the name of a table"), "larder");
  public static final Key<URI> DYNAMODB_ENDPOINT =
      Key.global("dynamodb.endpoint", Parsers.httpUri(), null);
  public static final Key<String> DYNAMODB_REGION =
      Key.global("dynamodb.region", Parsers.text(), null);
  public static final Key<Boolean> DYNAMODB_CREATE_TABLE =
      Key.global("dynamodb.create-table", Parsers.bool(), false);

  private GlobalKeys() {}

  /** Those by which the backends that Larder carries are reached. */
  public static List<Key<?>> ofBackends() {
    return List.of(
        REDIS_URI,
        REDIS_CLUSTER,
        REDIS_USERNAME,
        REDIS_PASSWORD,
        REDIS_CA,
        MEMCACHED_SERVERS,
        MEMCACHED_USERNAME,
        MEMCACHED_PASSWORD,
        DYNAMODB_TABLE,
        DYNAMODB_ENDPOINT,
        DYNAMODB_REGION,
        DYNAMODB_CREATE_TABLE);
  }

  /** All of them. */
  public static List<Key<?>> all() {
    List<Key<?>> all =
        new ArrayList<>(
            List.of(
                PREFIX,
                MAX_MEMORY,
                ON_CONFIG_ERROR,
                EXTENSIONS,
                KEY_BUILDER,
                SEAL_KEY,
                LOG,
                LOG_LEVEL,
                CONSOLE,
                CONSOLE_TOKEN,
                MODE,
                VERIFY));
    all.addAll(ofBackends());
    return all;
  }
}
