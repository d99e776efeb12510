/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.Collection;
import java.util.Locale;

/** Finds the valid key that is written most like an unknown one. */
final class NearestKey {

  private static final int FORGOTTEN_PREFIX = 1;
  private static final int LONGEST = 300;
  private static final String LIFETIME_OF_CACHE = ".ttl";
  private static final String LIFETIME_OF_RULE = "store";

  private final String unknown;
  private String nearest;
  private int distance = Integer.MAX_VALUE;

  private NearestKey(String unknown) {
    this.unknown = unknown;
  }

  /** Null for a text so long that it was hardly meant as a key. */
  static String of(String unknown, Catalogue catalogue) {
    if (unknown.length() > LONGEST) {
      return null;
    }
    NearestKey search = new NearestKey(unknown);
    search.lifetimeOfRule(catalogue.rules());
    search.whole("", catalogue.globals());
    search.whole(Catalogue.RULE, catalogue.ruleDefaults());
    search.owned(Catalogue.CACHE, catalogue.caches());
    search.owned(Catalogue.RULE, catalogue.rules());
    return search.nearest;
  }

  /** What is the {@code ttl} of a cache is called otherwise of a rule. */
  private void lifetimeOfRule(Collection<String> keys) {
    if (unknown.startsWith(Catalogue.RULE)
        && unknown.endsWith(LIFETIME_OF_CACHE)
        && keys.contains(LIFETIME_OF_RULE)) {
      int end = unknown.length() - LIFETIME_OF_CACHE.length();
      offer(unknown.substring(0, end).concat(".").concat(LIFETIME_OF_RULE), 0);
    }
  }

  private void whole(String prefix, Collection<String> keys) {
    for (String key : keys) {
      offer(prefix.concat(key), distance(unknown, prefix.concat(key)));
    }
  }

  /** Takes each dot for the one before the key, the first for the one before the name. */
  private void owned(String prefix, Collection<String> keys) {
    int first = unknown.indexOf('.');
    String head = unknown.substring(0, first + 1);
    int prefixDistance = distance(head, prefix);
    for (String key : keys) {
      if (unknown.equals(key)) {
        offer(prefix.concat("NAME.").concat(key), FORGOTTEN_PREFIX);
      }
      for (int dot = first; dot >= 0; dot = unknown.indexOf('.', dot + 1)) {
        String name = unknown.substring(0, dot + 1);
        int tail = distance(unknown.substring(dot + 1), key);
        if (prefixDistance <= prefix.length() / 2) {
          boolean isNameless = dot <= first + 1;
          String owner = isNameless ? "NAME." : name.substring(first + 1);
          int lost = isNameless ? FORGOTTEN_PREFIX : 0;
          offer(prefix.concat(owner).concat(key), prefixDistance + tail + lost);
        } else if (dot > 0 && tail == 0) {
          offer(prefix.concat(name).concat(key), FORGOTTEN_PREFIX);
        }
      }
    }
  }

  private void offer(String key, int keyDistance) {
    if (keyDistance < distance) {
      distance = keyDistance;
      nearest = key;
    }
  }

  /**
   * How many letters must be added, left out, replaced, or swapped with their neighbour to make the
   * one the other, in whichever case it is.
   *
   * @param known in lower case
   */
  static int distance(String written, String known) {
    String a = written.toLowerCase(Locale.ROOT);
    String b = known;
    int[] before = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, before[j - 2] + 1);
        }
        row[j] = best;
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return above[b.length()];
  }
}
