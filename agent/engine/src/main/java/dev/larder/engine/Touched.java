/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys, tags and caches that a transaction has put or removed. */
final class Touched {

  private final Map<String, OfCache> caches = new HashMap<>();
  private final Set<String> tags = new HashSet<>();
  private boolean all;

  private static final class OfCache {
    private boolean whole;
    private final Set<String> keys = new HashSet<>();
    private final List<Object[]> arguments = new ArrayList<>();
    private final Map<CallArguments, OfTarget> targets = new HashMap<>();
  }

  /** Arguments as the parts of one target's keys, as far as they were looked at. */
  private static final class OfTarget {
    private int seen;
    private final Set<List<Object>> parts = new HashSet<>();
  }

  void add(Removal removal) {
    if (removal instanceof Removal.OfKey one) {
      addKey(one.cache(), one.key());
    } else if (removal instanceof Removal.OfArguments one) {
      of(one.cache()).arguments.add(one.arguments());
    } else if (removal instanceof Removal.OfTag one) {
      tags.add(one.tag());
    } else if (removal instanceof Removal.OfCache one) {
      of(one.cache()).whole = true;
    } else if (removal instanceof Removal.OfAll) {
      all = true;
    }
  }

  void addKey(String cache, String text) {
    of(cache).keys.add(text);
  }

  private OfCache of(String cache) {
    return caches.computeIfAbsent(cache, missing -> new OfCache());
  }

  /** Whether what is kept under a key has been touched, whatever its tags. */
  boolean hasKey(NamedCache named, Attributes target, Object key) {
    if (all) {
      return true;
    }
    OfCache cache = caches.get(named.name);
    if (cache == null) {
      return false;
    }
    Object[] parts = Keys.partsOf(key);
    return cache.whole
        || (parts == null
            ? cache.keys.contains(Keys.textOf(key))
            : hasParts(cache, target.evicted(Keys.variantOf(key)), Arrays.asList(parts)));
  }

  private static boolean hasParts(OfCache cache, CallArguments target, List<Object> parts) {
    if (cache.arguments.isEmpty()) {
      return false;
    }
    OfTarget known = cache.targets.computeIfAbsent(target, missing -> new OfTarget());
    for (; known.seen < cache.arguments.size(); known.seen++) {
      Object[] evicted = partsOfEvict(target, cache.arguments.get(known.seen));
      if (evicted != null) {
        known.parts.add(Arrays.asList(evicted));
      }
    }
    return known.parts.contains(parts);
  }

  private static Object[] partsOfEvict(CallArguments target, Object[] given) {
    try {
      return target.partsOfEvict(given);
    } catch (NoKeyException noKey) {
      return null; // whoever evicts is told
    }
  }

  boolean hasTag(List<String> entryTags) {
    if (!tags.isEmpty()) {
      for (String tag : entryTags) {
        if (tags.contains(tag)) {
          return true;
        }
      }
    }
    return false;
  }
}
