/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder;

import java.util.concurrent.Callable;

/**
 * What an application may ask of the agent. Without the agent every call does nothing: removals
 * count 0, statistics are all 0, and {@link #bypass} and {@link #refresh} simply call.
 *
 * <p>No method throws for a fault of the agent or of a backend.
 */
public final class Larder {

  private Larder() {}

  /**
   * Removes the entries of all methods of a cache that were called with equal arguments; an {@code
   * int} meets a {@code long} parameter. Methods with a {@code key} are not reached: {@link
   * #evictKey} is for them.
   *
   * @param cache the cache's name; {@code null} removes nothing
   * @param args the arguments, without those that {@link CacheIgnore} leaves out
   * @return how many entries went; -1 where the backend cannot know
   */
  public static long evict(String cache, Object... args) {
    return Link.count("evict", cache, args == null ? new Object[] {null} : args);
  }

  /**
   * Removes the entry under the text of a key template.
   *
   * @return how many entries went; -1 where the backend cannot know
   */
  public static long evictKey(String cache, String key) {
    return Link.count("evictKey", cache, key);
  }

  /**
   * Removes every entry that carries a tag, in whichever cache.
   *
   * @return how many entries went; -1 where the backend cannot know
   */
  public static long evictTag(String tag) {
    return Link.count("evictTag", tag);
  }

  /**
   * Removes every entry of a cache.
   *
   * @return how many entries went; -1 where the backend cannot know
   */
  public static long clear(String cache) {
    return Link.count("clear", cache);
  }

  /**
   * Removes every entry under this application's prefix, and nothing else.
   *
   * @return how many entries went; -1 where a backend cannot know
   */
  public static long clearAll() {
    return Link.count("clearAll");
  }

  /**
   * Calls, with no call on this thread looked up or stored meanwhile; what a {@link CachePut} would
   * have stored is evicted.
   *
   * @param body what to call; its result is returned, its exception thrown as it is
   */
  public static <T> T bypass(Callable<T> body) throws Exception {
    return within("bypass", body);
  }

  /**
   * Calls, with each cached method on this thread running its body and storing meanwhile.
   *
   * @param body what to call; its result is returned, its exception thrown as it is
   */
  public static <T> T refresh(Callable<T> body) throws Exception {
    return within("refresh", body);
  }

  /**
   * The statistics of a cache, never null; all 0 for a cache that nothing has used.
   *
   * @param cache the cache's name, or the name of a path rule
   */
  public static CacheStats stats(String cache) {
    Object figures = Link.call("stats", cache);
    return new CacheStats(figures instanceof long[] ? (long[]) figures : new long[0]);
  }

  /** Whether the agent is at work in this JVM. */
  public static boolean attached() {
    return Boolean.TRUE.equals(Link.call("attached"));
  }

  private static <T> T within(String mode, Callable<T> body) throws Exception {
    Object before = Link.call("enter", mode);
    try {
      return body.call();
    } finally {
      Link.call("leave", before);
    }
  }
}
