/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Keeps the nests of woven classes out of the AOT cache that a JVM records (JEP 483, 514).
 *
 * <p>The JVM leaves a class out that an agent has changed, but not the lambdas of the classes that
 * are nested in it. Of such a lambda it then misses the host, and crashes: as it makes the cache,
 * or at each start that uses it (25.0.3, whatever the agent). A class of which an agent gave the
 * bytes, though they are the same, is left out too, and its lambdas with it.
 */
public final class WovenNests {

  private final Instrumentation instrumentation;
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();
  private final Set<String> out = ConcurrentHashMap.newKeySet();
  private final Semaphore news = new Semaphore(0);

  /** None so far. */
  public WovenNests(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Takes note of a class that is woven.
   *
   * @param name as class files have it
   */
  void add(String name) {
    if (hosts.add(name.replace('/', '.'))) {
      news.release();
    }
  }

  /**
   * The bytes that keep a class out, as it is loaded; null where it is of no woven class's nest.
   *
   * @param name as class files have it
   */
  byte[] keepOut(String name, byte[] bytes) {
    String binary = name.replace('/', '.');
    if (!isNested(binary)) {
      return null;
    }
    out.add(binary);
    return bytes.clone();
  }

  /**
   * Keeps out what was loaded before the class that it is nested in was woven; without end, for a
   * thread of its own, since a class that is being loaded can wait for none.
   */
  public void watch() {
    try {
      while (true) {
        news.acquire();
        news.drainPermits();
        keepLoadedOut();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has what is nested in woven classes, and is not kept out yet, transformed again. */
  public synchronized void keepLoadedOut() {
    List<Class<?>> nested = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isNested(type.getName())
          && !type.isHidden()
          && instrumentation.isModifiableClass(type)
          && out.add(type.getName())) {
        nested.add(type);
      }
    }
    LoadedClasses.retransform(nested, instrumentation);
  }

  private boolean isNested(String name) {
    if (hosts.contains(name)) {
      return false; // kept out by what is woven into it
    }
    for (int end = name.indexOf('$', 1); end > 0; end = name.indexOf('$', end + 1)) {
      if (hosts.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
