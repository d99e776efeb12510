/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.spi.BackendListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that remembers what it was told. */
public final class RecordingListener implements BackendListener {

  private final Map<String, Long> changed = new ConcurrentHashMap<>();
  private final AtomicInteger flushes = new AtomicInteger();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Override
  public void changed(Collection<String> keys) {
    long now = System.nanoTime();
    keys.forEach(key -> changed.putIfAbsent(key, now));
  }

  @Override
  public void flush() {
    flushes.incrementAndGet();
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  /** When a key was first told to have changed, by {@link System#nanoTime}; null if it was not. */
  public Long changedAt(String key) {
    return changed.get(key);
  }

  /** How often everything was told to count no more. */
  public int flushes() {
    return flushes.get();
  }

  /** What a person should read. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
