/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.Engine;
import dev.larder.ops.FigureNames;
import dev.larder.ops.Holdings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the agent's rooms hold. To look at it makes none of them. */
final class RoomsHoldings implements Holdings {

  private final Rooms rooms;

  RoomsHoldings(Rooms rooms) {
    this.rooms = rooms;
  }

  /** The names of the caches that something has used. */
  Set<String> cacheNames() {
    Engine engine = rooms.engineMade();
    return engine == null ? Set.of() : engine.cacheNames();
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>(cacheNames());
    names.addAll(rooms.ruleNames());
    return names;
  }

  @Override
  public boolean isRule(String name) {
    return rooms.ruleNames().contains(name);
  }

  @Override
  public long[] figures(String name) {
    if (rooms.engineMade() != null || isRule(name)) {
      long[] figures = (long[]) rooms.facade().apply("stats", new Object[] {name});
      if (figures != null && figures.length > 0) {
        return Arrays.copyOf(figures, FigureNames.ALL.size());
      }
    }
    return new long[FigureNames.ALL.size()];
  }

  @Override
  public Map<String, Boolean> backends() {
    Engine engine = rooms.engineMade();
    return engine == null ? Map.of() : engine.backends();
  }

  @Override
  public long evictKey(String name, String key) {
    return removed("evictKey", name, key);
  }

  @Override
  public long evictWritten(String name, List<String> arguments) {
    return rooms.engine().evictWritten(name, arguments);
  }

  @Override
  public long evictTag(String tag) {
    return removed("evictTag", tag);
  }

  @Override
  public long clear(String name) {
    return removed("clear", name);
  }

  @Override
  public long clearAll() {
    return removed("clearAll");
  }

  private long removed(String request, Object... about) {
    Object entries = rooms.facade().apply(request, about);
    if (entries == null) {
      throw new IllegalStateException(request + " failed; the log of this JVM says why");
    }
    return (Long) entries;
  }
}
