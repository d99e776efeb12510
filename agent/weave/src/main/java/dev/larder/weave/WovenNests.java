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

/**
 * Keeps the nests of woven classes out of the AOT cache that a JVM records (JEP 483, 514).
 *
 * <p>The JVM leaves a class out that an agent has changed, but not the lambdas of the classes that
 * are nested in it. Of such a lambda it then misses the host, and crashes: as it makes the cache,
 * or at each start that uses it (25.0.3, whatever the agent). A class that has been transformed
 * while it was loaded is left out too, and its lambdas with it.
 */
public final class WovenNests {

  private final Instrumentation instrumentation;
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  /** None so far. */
  public WovenNests(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Takes note of a class that was woven.
   *
   * @param name as class files have it
   */
  public void add(String name) {
    hosts.add(name.replace('/', '.'));
  }

  /** Has what is nested in woven classes transformed again, as the last thing that a JVM does. */
  public void leaveOut() {
    List<Class<?>> nested = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isNested(type.getName()) && !type.isHidden() && instrumentation.isModifiableClass(type)) {
        nested.add(type);
      }
    }
    LoadedClasses.retransform(nested, instrumentation);
  }

  private boolean isNested(String name) {
    for (int end = name.indexOf('$', 1); end > 0; end = name.indexOf('$', end + 1)) {
      if (hosts.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
