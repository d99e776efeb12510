/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import java.util.ArrayList;
import java.util.List;

/** A pattern of classes: {@code com.acme..*Dto}, with {@code +} their subtypes too. */
public final class ClassPattern {

  private final String text;
  private final NamePattern name;
  private final boolean subtypes;

  private ClassPattern(String text, NamePattern name, boolean subtypes) {
    this.text = text;
    this.name = name;
    this.subtypes = subtypes;
  }

  /**
   * Parses patterns that are separated by commas.
   *
   * @throws FaultyPattern if one of them is no pattern; its position counts from the list's start
   */
  public static List<ClassPattern> parseList(String text) throws FaultyPattern {
    List<ClassPattern> patterns = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ',') {
        String raw = text.substring(start, i);
        String one = raw.strip();
        if (one.isEmpty()) {
          throw new FaultyPattern("a class pattern is missing", start);
        }
        boolean subtypes = one.endsWith("+");
        String name = subtypes ? one.substring(0, one.length() - 1) : one;
        patterns.add(
            new ClassPattern(one, NamePattern.parse(name, start + raw.indexOf(one)), subtypes));
        start = i + 1;
      }
    }
    return List.copyOf(patterns);
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  /** Whether {@code +} asks for the subtypes too. */
  public boolean withSubtypes() {
    return subtypes;
  }

  /** Whether it describes a class, by its binary name; subtypes aside. */
  public boolean matchesName(String binaryName) {
    return name.text().equals("*") || name.matches(binaryName);
  }

  /** Whether it describes a class; with {@code +} also through a superclass or an interface. */
  public boolean matches(Class<?> type) {
    if (matchesName(type.getName())) {
      return true;
    }
    if (!subtypes) {
      return false;
    }
    if (type.getSuperclass() != null && matches(type.getSuperclass())) {
      return true;
    }
    for (Class<?> face : type.getInterfaces()) {
      if (matches(face)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
