/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.value.ValueMode;
import java.util.List;

/** The keys of a cache; those of the contract's table have a global default of the same name. */
public final class CacheKeys {

  /** A constant, so that a start where no source says anything loads none of the keys. */
  public static final String BACKEND_BY_DEFAULT = "memory";

  /** What of the receiver belongs to the key. */
  public enum Scope {
    AUTO,
    SHARED,
    INSTANCE
  }

  /** Among whom one flight is shared. */
  public enum SingleFlight {
    JVM,
    CLUSTER,
    OFF
  }

  /** How JPA entities are kept in a transaction that may write. */
  public enum Entities {
    NONE,
    DETACHED
  }

  private static final Parser<List<MethodPattern>> METHOD_PATTERNS = Parsers.methodPatterns();
  private static final Parser<List<ClassPattern>> CLASS_PATTERNS = Parsers.classPatterns();

  public static final Key<Ttl> TTL = Key.cache("ttl", Parsers.ttl(), new Ttl(300_000, null));

  /** In milliseconds; 0 for any time. */
  public static final Key<Long> IDLE = Key.cache("idle", Parsers.durationOr(0L, "none"), 0L);

  public static final Key<Double> JITTER = Key.cache("jitter", Parsers.share(), 0.0);
  public static final Key<Boolean> ENABLED = Key.cache("enabled", Parsers.bool(), true);
  public static final Key<String> BACKEND =
      Key.cache(
          "backend",
          Parsers.wordOrClass(BACKEND_BY_DEFAULT, "redis", "memcached", "dynamodb"),
          BACKEND_BY_DEFAULT);
  public static final Key<Long> MAX_ENTRIES = Key.cache("max-entries", Parsers.count(), 10_000L);

  /** In bytes; {@link Long#MAX_VALUE} for no bound. */
  public static final Key<Long> MAX_BYTES =
      Key.cache("max-bytes", Parsers.sizeOr(Long.MAX_VALUE, "none"), Long.MAX_VALUE);

  public static final Key<SingleFlight> SINGLE_FLIGHT =
      Key.cache("single-flight", Parsers.oneOf(SingleFlight.class), SingleFlight.JVM);
  public static final Key<Long> WAIT = Key.cache("wait", Parsers.duration(), 10_000L);

  /** In milliseconds; 0 for not at all. */
  public static final Key<Long> CACHE_EXCEPTIONS =
      Key.cache("cache-exceptions", Parsers.durationOr(0L, "none"), 0L);

  /** Empty for all but errors, security exceptions and interruption. */
  public static final Key<List<ClassPattern>> STALE_ON =
      Key.cache("stale-on", CLASS_PATTERNS, List.of());

  public static final Key<Scope> SCOPE = Key.cache("scope", Parsers.oneOf(Scope.class), Scope.AUTO);
  public static final Key<ValueMode> VALUES =
      Key.cache("values", Parsers.oneOf(ValueMode.class), ValueMode.AUTO);
  public static final Key<Entities> ENTITIES =
      Key.cache("entities", Parsers.oneOf(Entities.class), Entities.NONE);
  public static final Key<String> CODEC =
      Key.cache("codec", Parsers.wordOrClass("json", "java"), "json");
  public static final Key<List<ClassPattern>> CODEC_ALLOW =
      Key.cache("codec-allow", CLASS_PATTERNS, List.of());
  public static final Key<List<ClassPattern>> TYPES = Key.cache("types", CLASS_PATTERNS, List.of());

  /** In bytes; {@link Long#MAX_VALUE} for never. */
  public static final Key<Long> COMPRESS_ABOVE =
      Key.cache("compress-above", Parsers.sizeOr(Long.MAX_VALUE, "off"), Long.MAX_VALUE);

  /** In milliseconds; null where nothing says one. */
  public static final Key<Long> L1_TTL = Key.cache("l1.ttl", Parsers.duration(), null);

  public static final Key<Long> L1_MAX_ENTRIES =
      Key.cache("l1.max-entries", Parsers.count(), 10_000L);
  public static final Key<Long> TIMEOUT = Key.cache("timeout", Parsers.duration(), 250L);

  /** In milliseconds; 0 for not at all. */
  public static final Key<Long> OUTAGE_TTL =
      Key.cache("outage-ttl", Parsers.durationOr(0L, "none"), 0L);

  /** Null where the arguments are the key. */
  public static final Key<String> KEY = Key.cacheOnly("key", Parsers.template(), null);

  public static final Key<String> CONDITION =
      Key.cacheOnly("condition", Parsers.expression(), null);
  public static final Key<String> UNLESS = Key.cacheOnly("unless", Parsers.expression(), null);
  public static final Key<String> TAGS = Key.cacheOnly("tags", Parsers.tags(), null);
  public static final Key<Boolean> CACHE_NULL = Key.cacheOnly("cache-null", Parsers.bool(), true);

  /** A share of the ttl, from 0 to 1; 0 for never. */
  public static final Key<Double> REFRESH_AHEAD =
      Key.cacheOnly("refresh-ahead", Parsers.share(), 0.0);

  public static final Key<Long> STALE_WHILE_REVALIDATE =
      Key.cacheOnly("stale-while-revalidate", Parsers.durationOr(0L, "none"), 0L);
  public static final Key<Long> STALE_IF_ERROR =
      Key.cacheOnly("stale-if-error", Parsers.durationOr(0L, "none"), 0L);
  public static final Key<Boolean> BATCH = Key.cacheOnly("batch", Parsers.bool(), false);

  public static final Key<List<MethodPattern>> METHODS =
      Key.cacheOnly("methods", METHOD_PATTERNS, List.of());
  public static final Key<List<MethodPattern>> EXCEPT =
      Key.cacheOnly("except", METHOD_PATTERNS, List.of());
  public static final Key<List<MethodPattern>> EVICT_ON =
      Key.cacheOnly("evict-on", METHOD_PATTERNS, List.of());
  public static final Key<String> EVICT_KEY = Key.cacheOnly("evict-key", Parsers.template(), null);
  public static final Key<String> EVICT_TAGS = Key.cacheOnly("evict-tags", Parsers.tags(), null);
  public static final Key<Boolean> EVICT_ALL = Key.cacheOnly("evict-all", Parsers.bool(), false);
  public static final Key<String> EVICT_CONDITION =
      Key.cacheOnly("evict-condition", Parsers.expression(), null);

  private CacheKeys() {}

  /** All of them. */
  public static List<Key<?>> all() {
    return List.of(
        TTL,
        IDLE,
        JITTER,
        ENABLED,
        BACKEND,
        MAX_ENTRIES,
        MAX_BYTES,
        SINGLE_FLIGHT,
        WAIT,
        CACHE_EXCEPTIONS,
        STALE_ON,
        SCOPE,
        VALUES,
        ENTITIES,
        CODEC,
        CODEC_ALLOW,
        TYPES,
        COMPRESS_ABOVE,
        L1_TTL,
        L1_MAX_ENTRIES,
        TIMEOUT,
        OUTAGE_TTL,
        KEY,
        CONDITION,
        UNLESS,
        TAGS,
        CACHE_NULL,
        REFRESH_AHEAD,
        STALE_WHILE_REVALIDATE,
        STALE_IF_ERROR,
        BATCH,
        METHODS,
        EXCEPT,
        EVICT_ON,
        EVICT_KEY,
        EVICT_TAGS,
        EVICT_ALL,
        EVICT_CONDITION);
  }

  /** Those that hold for path rules as well. */
  public static List<Key<?>> forRules() {
    return List.of(
        BACKEND,
        MAX_ENTRIES,
        MAX_BYTES,
        JITTER,
        SINGLE_FLIGHT,
        WAIT,
        L1_TTL,
        L1_MAX_ENTRIES,
        TIMEOUT,
        COMPRESS_ABOVE,
        ENABLED);
  }
}
