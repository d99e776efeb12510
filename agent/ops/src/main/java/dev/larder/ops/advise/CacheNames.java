/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import dev.larder.engine.observe.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of proposed caches. An annotated method stays in its cache, and one that the file has
 * in a cache of its own too; any other gets a cache by the name of its class and its own.
 */
final class CacheNames {

  private final Map<Subject, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  CacheNames(List<Subject> subjects) {
    Map<String, Integer> members = new HashMap<>();
    for (Subject each : subjects) {
      members.merge(each.cache(), 1, Integer::sum);
    }
    for (Subject each : subjects) {
      if (each.annotated() || (each.askedFor() && members.get(each.cache()) == 1)) {
        names.put(each, each.cache());
        taken.add(each.cache());
      }
    }
    for (Subject each : subjects) {
      names.computeIfAbsent(each, this::make);
    }
  }

  private String make(Subject subject) {
    String type = subject.type();
    String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    // "l1" begins keys of its own: behind it "ttl" would be another key
    String name = simple + (subject.method().equals("l1") ? "-" : ".") + subject.method();
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }

  String of(Subject subject) {
    return names.get(subject);
  }
}
