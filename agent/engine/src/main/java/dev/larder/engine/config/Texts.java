/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.ArrayList;
import java.util.List;

/** Reads truths, lists and prefixes. */
final class Texts {

  private Texts() {}

  /** {@code true} or {@code false}. */
  static boolean bool(String text) throws FaultyValue {
    boolean isTrue = text.equals("true");
    if (!isTrue && !text.equals("false")) {
      throw new FaultyValue(Parsers.shown(text) + " is neither true nor false", "true, false");
    }
    return isTrue;
  }

  /** Texts separated by commas; an empty text is an empty list. */
  static List<String> list(String text) throws FaultyValue {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> parts = split(text);
    if (parts.contains("")) {
      throw new FaultyValue(
          Parsers.shown(text) + " has nothing beside a comma", "texts separated by single commas");
    }
    return parts;
  }

  /** A prefix of stored keys; it ends at a colon. */
  static String prefix(String text) throws FaultyValue {
    boolean sound = !text.isEmpty();
    for (int i = 0; sound && i < text.length(); i++) {
      sound = text.charAt(i) != ':' && !Character.isISOControl(text.charAt(i));
    }
    if (!sound) {
      throw new FaultyValue(
          Parsers.shown(text) + " is no prefix", "a text without colons and control characters");
    }
    return text;
  }

  /** The texts between commas, without the blanks around them. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
      parts.add(text.substring(from, comma).strip());
      from = comma + 1;
    }
    parts.add(text.substring(from).strip());
    return List.copyOf(parts);
  }
}
