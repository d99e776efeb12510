/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.RemotePolicy;
import java.util.List;

/** What annotation and configuration together say about targets, caches and evictions. */
public interface Policies {

  /**
   * What is to be done with the calls of a target.
   *
   * @throws FaultyAttribute if an attribute of its annotation has no such value
   */
  CachePolicy of(Operation operation) throws FaultyAttribute;

  /**
   * What a call removes.
   *
   * @throws FaultyAttribute if an attribute of its annotation has no such value
   */
  EvictPolicy evict(Operation operation) throws FaultyAttribute;

  /** The bounds of a cache in this JVM. */
  Bounds bounds(String cache);

  /** How a cache's entries are kept with a backend; null where they are kept in memory. */
  default RemotePolicy remote(String cache) {
    return null;
  }

  /** Whether calls are observed, and nothing is cached, put or evicted. */
  default boolean observes() {
    return false;
  }

  /** Whether it is not annotations alone that put methods into a cache. */
  default boolean namesMethods(String cache) {
    return false;
  }

  /** The backends that any cache may be kept with, each with what holds for all. */
  default List<RemotePolicy> remotes() {
    return List.of();
  }

  /** The share of hits whose body is run again to compare, from 0 to 1. */
  default double verify() {
    return 0;
  }

  /**
   * A duration in milliseconds, from text.
   *
   * @param attribute what the text was rendered for, to be named in a fault
   */
  long duration(String attribute, String text) throws FaultyAttribute;

  /** How many entries, and how many bytes by estimate, a cache holds at most. */
  record Bounds(long maxEntries, long maxBytes) {}

  /**
   * What a call removes; texts are null where there is none.
   *
   * @param beforeInvocation whether before the body, whatever follows
   */
  record EvictPolicy(
      String key, String tags, boolean all, String condition, boolean beforeInvocation) {}
}
