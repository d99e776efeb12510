/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import java.util.List;

/** Reads patterns; an empty text is an empty list. */
final class Patterns {

  private Patterns() {}

  /** Method patterns separated by commas. */
  static List<MethodPattern> ofMethods(String text) throws FaultyValue {
    try {
      return text.isEmpty() ? List.of() : MethodPattern.parseList(text);
    } catch (FaultyPattern faulty) {
      throw faulty(text, faulty, "method patterns such as com.acme..*Repository+.find*(..)");
    }
  }

  /** Class patterns separated by commas. */
  static List<ClassPattern> ofClasses(String text) throws FaultyValue {
    try {
      return text.isEmpty() ? List.of() : ClassPattern.parseList(text);
    } catch (FaultyPattern faulty) {
      throw faulty(text, faulty, "class patterns such as com.acme..*Dto+");
    }
  }

  private static FaultyValue faulty(String text, FaultyPattern faulty, String allowed) {
    return new FaultyValue(Parsers.shown(text) + ": " + faulty.getMessage(), allowed);
  }
}
