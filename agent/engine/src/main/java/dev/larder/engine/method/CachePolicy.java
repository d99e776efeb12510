/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.value.ValueMode;
import java.util.List;

/**
 * What is to be done with the calls of one target, all sources taken together; times in
 * milliseconds, and templates and expressions as text, null where there is none.
 *
 * @param enabled whether it is cached at all
 * @param ttl the time to live; {@link Long#MAX_VALUE} for ever; where a template says it, 0
 * @param ttlTemplate what says the time to live per result
 * @param idle for how long an entry may stay unread; 0 for any time
 * @param jitter up to which share a ttl is shortened, from 0 to 1
 * @param cacheNull whether null is kept
 * @param refreshAhead after which share of the ttl an access renews the entry; 0 for never
 * @param staleWhileRevalidate the window in which an old value is served while a new one is made
 * @param staleIfError the window in which an old value is served where the body throws
 * @param cacheExceptions for how long an exception is kept; 0 for not at all
 * @param staleOn the failures that staleIfError covers; empty for all that are not the JVM's
 * @param detachedEntities whether entities may be cached in transactions that may write as well
 * @param waitMillis how long a follower waits for its leader
 * @param batch whether it is cached per element of its argument
 */
public record CachePolicy(
    boolean enabled,
    long ttl,
    String ttlTemplate,
    long idle,
    double jitter,
    String key,
    String condition,
    String unless,
    String tags,
    boolean cacheNull,
    double refreshAhead,
    long staleWhileRevalidate,
    long staleIfError,
    long cacheExceptions,
    List<ClassPattern> staleOn,
    Scope scope,
    ValueMode values,
    boolean detachedEntities,
    boolean singleFlight,
    long waitMillis,
    boolean batch) {

  /** Whether nothing of this target is to be cached. */
  public boolean isOff() {
    return !enabled || (ttl == 0 && ttlTemplate == null);
  }
}
