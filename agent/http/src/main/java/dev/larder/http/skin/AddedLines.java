/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lines of fields that the application has added, for Tomcat 9 and 10.1: those send equal lines
 * of a field as often as they were added, but tell of them once.
 */
final class AddedLines {

  /** By the name of the field, in any case; most answers have no line that was added. */
  private Map<String, List<String>> lines = Map.of();

  /**
   * A line is about to be added.
   *
   * @param told what the container tells of the field before that
   */
  void add(String name, String line, Collection<String> told) {
    if (told instanceof Set) {
      if (lines.isEmpty()) {
        lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      }
      lines.computeIfAbsent(name, any -> new ArrayList<>(told)).add(line);
    }
  }

  /** What was added to a field gives way to another line. */
  void replace(String name) {
    if (!lines.isEmpty()) {
      lines.remove(name);
    }
  }

  void clear() {
    lines = Map.of();
  }

  /** All lines of a field, of which the container tells these. */
  Collection<String> all(String name, Collection<String> told) {
    List<String> added = lines.get(name);
    // Else somebody has said something since that did not come by here.
    boolean same = added != null && new HashSet<>(added).equals(new HashSet<>(told));
    return same ? added : told;
  }
}
