/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.BackendException;
import dev.larder.spi.Daemons;
import dev.larder.spi.KeyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The backends of one JVM, each with what it keeps, and what is asked of all of them. */
public final class Remotes {

  private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(1_900);

  private final BackendFactory factory;
  private final BackendErrors errors;
  private KeyBuilder keyBuilder;
  private boolean keyBuilderMade;
  private final Map<String, Link> links = new ConcurrentHashMap<>();

  /**
   * Backends, of which none has been asked for yet.
   *
   * @param errors is told what they fail at
   */
  public Remotes(BackendFactory factory, BackendErrors errors) {
    this.factory = factory;
    this.errors = errors;
  }

  BackendErrors errors() {
    return errors;
  }

  BackendFactory factory() {
    return factory;
  }

  /** The user's key builder; null where there is none. One that cannot be made always fails. */
  synchronized KeyBuilder keyBuilder() {
    if (!keyBuilderMade) {
      keyBuilderMade = true;
      try {
        keyBuilder = factory.keyBuilder();
      } catch (IllegalArgumentException wrong) {
        keyBuilder =
            (cache, variant, content) -> {
              throw wrong;
            };
      }
    }
    return keyBuilder;
  }

  /** The backends that were asked for so far, and whether each serves now. */
  public Map<String, Boolean> serving() {
    Map<String, Boolean> serving = new TreeMap<>();
    links.forEach((name, link) -> serving.put(name, link.serves()));
    return serving;
  }

  static String allMarkKey(String prefix) {
    return prefix + ":!all";
  }

  /** What changes with the removal of any tag. */
  static String tagsKey(String prefix) {
    return prefix + ":!tags";
  }

  /**
   * The entries of a cache.
   *
   * @param errors counts what failed
   */
  public RemoteCache cache(String name, RemotePolicy policy, LongAdder errors) {
    Link link = link(policy.backend());
    link.begin(); // before the first call needs it
    return new RemoteCache(this, link, name, policy, errors);
  }

  /** Closes all backends at once, and waits for those that hang no longer than two seconds. */
  public void close() {
    List<Thread> closing = new ArrayList<>();
    for (Map.Entry<String, Link> each : links.entrySet()) {
      Thread thread =
          Daemons.thread("larder-" + each.getKey() + "-close", each.getValue()::close, 0);
      thread.start();
      closing.add(thread);
    }
    long until = System.nanoTime() + CLOSING_NANOS;
    try {
      for (Thread thread : closing) {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Link link(String backend) {
    return links.computeIfAbsent(backend, name -> new Link(name, factory));
  }

  /** Removes all entries that carry a tag. */
  public void removeTag(String backend, String prefix, String tag, long timeout) {
    Link link = link(backend);
    String tagKey = StoredName.ofTag(prefix, tag);
    Link.Removal removal =
        turn -> {
          // The era first: a load that has read the tag's new mark must find the era changed.
          link.marks().endEra(tagsKey(prefix), tag, turn);
          link.marks().renew(tagKey, Marks.NONE, turn);
        };
    try {
      removal.redo(new Turn(link, timeout, false));
    } catch (BackendException failed) {
      errors.failed(null, backend, "evict tag", failed);
      link.missed(tagsKey(prefix), tagKey, removal, clearAll(link, prefix), failed);
    }
  }

  /** Removes all entries of all caches. */
  public void clearAll(String backend, String prefix, long timeout) {
    Link link = link(backend);
    Link.Removal removal = clearAll(link, prefix);
    try {
      removal.redo(new Turn(link, timeout, false));
    } catch (BackendException failed) {
      errors.failed(null, backend, "clear all", failed);
      link.missed(allMarkKey(prefix), removal, failed);
    }
  }

  private static Link.Removal clearAll(Link link, String prefix) {
    return turn -> link.marks().renew(allMarkKey(prefix), Marks.NONE, turn);
  }
}
