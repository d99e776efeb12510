/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import dev.larder.engine.config.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows the jar's name in {@code -javaagent:}.
 *
 * @param file the path that it names; null for none
 * @param options the other keys, in order
 * @param faults what is neither
 */
record AgentOptions(String file, List<Option> options, List<Fault> faults) {

  private static final String SOURCE = "agent options";
  private static final String FILE = "config";
  private static final String ALLOWED = "PATH, or KEY=VALUE;KEY=VALUE, or config=PATH;KEY=VALUE";

  /** One key and its value. */
  record Option(String key, String value) {}

  /**
   * Splits options at {@code ;}, then at the first {@code =}; without any {@code =} they are a
   * path.
   *
   * @param text null for none
   */
  static AgentOptions parse(String text) {
    if (text == null || text.isBlank()) {
      return new AgentOptions(null, List.of(), List.of());
    }
    if (text.indexOf('=') < 0) {
      return new AgentOptions(text.strip(), List.of(), List.of());
    }
    String file = null;
    List<Option> options = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    int from = 0;
    for (int number = 1; from <= text.length(); number++) {
      int semicolon = text.indexOf(';', from);
      int to = semicolon < 0 ? text.length() : semicolon;
      String option = text.substring(from, to);
      from = to + 1;
      int equals = option.indexOf('=');
      String key = option.substring(0, Math.max(0, equals)).strip();
      String value = option.substring(equals + 1).strip();
      if (option.isBlank()) {
        continue;
      }
      if (key.isEmpty()) {
        // Not shown: it may be the rest of a password with a semicolon in it.
        faults.add(fault(null, "option " + number + " is not KEY=VALUE"));
      } else if (!key.equals(FILE)) {
        options.add(new Option(key, value));
      } else if (file != null) {
        faults.add(fault(FILE, "stands twice"));
      } else if (value.isEmpty()) {
        faults.add(fault(FILE, "names no file"));
      } else {
        file = value;
      }
    }
    return new AgentOptions(file, List.copyOf(options), List.copyOf(faults));
  }

  private static Fault fault(String key, String problem) {
    return new Fault(SOURCE, 0, key, problem, ALLOWED, null);
  }

  /** Whether they say nothing. */
  boolean isEmpty() {
    return file == null && options.isEmpty() && faults.isEmpty();
  }
}
