/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import java.util.ArrayList;
import java.util.List;

/** What stands between a pattern's parentheses. */
final class ParameterPattern {

  static final ParameterPattern ANY = new ParameterPattern(arrayOfRest(), false);

  private final List<Type> types;
  private final boolean star;

  /** One parameter: a name and how many arrays deep; a null name is {@code ..}. */
  private record Type(NamePattern name, int dimensions) {

    boolean isRest() {
      return name == null;
    }

    boolean matches(String type) {
      if (name.text().equals("*") && dimensions == 0) {
        return true;
      }
      String source = withoutArrays(type);
      return dimensions == dimensionsOf(type)
          && (name.text().equals("*") || name.matches(withoutJavaLang(source)));
    }
  }

  private ParameterPattern(List<Type> types, boolean star) {
    this.types = types;
    this.star = star;
  }

  private static List<Type> arrayOfRest() {
    return List.of(new Type(null, 0));
  }

  static ParameterPattern parse(String text, int offset) throws FaultyPattern {
    if (text.isBlank()) {
      return new ParameterPattern(List.of(), false);
    }
    List<Type> types = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ',') {
        types.add(parseType(text.substring(start, i), offset + start));
        start = i + 1;
      }
    }
    return new ParameterPattern(List.copyOf(types), text.indexOf('*') >= 0);
  }

  private static Type parseType(String raw, int offset) throws FaultyPattern {
    String text = raw.strip();
    int at = offset + Math.max(0, raw.indexOf(text));
    if (text.isEmpty()) {
      throw new FaultyPattern("a parameter's type is missing", offset);
    }
    if (text.equals("..")) {
      return new Type(null, 0);
    }
    if (text.indexOf('<') >= 0) {
      throw new FaultyPattern(
          "a parameter's type stands without its type arguments: '<'", at + text.indexOf('<'));
    }
    String arrays = text.endsWith("...") ? text.substring(0, text.length() - 3) + "[]" : text;
    String name = withoutArrays(arrays).strip();
    NamePattern.parse(name, at);
    return new Type(NamePattern.parse(withoutJavaLang(name), at), dimensionsOf(arrays));
  }

  private static int dimensionsOf(String type) {
    int count = 0;
    for (int end = type.length(); type.startsWith("[]", end - 2); end -= 2) {
      count++;
    }
    return count;
  }

  private static String withoutArrays(String type) {
    return type.substring(0, type.length() - 2 * dimensionsOf(type));
  }

  /** {@code String} for {@code java.lang.String}; {@code java.lang.reflect.Method} stays. */
  private static String withoutJavaLang(String type) {
    String prefix = "java.lang.";
    return type.startsWith(prefix)
            && type.length() > prefix.length()
            && Character.isUpperCase(type.charAt(prefix.length()))
        ? type.substring(prefix.length())
        : type;
  }

  boolean hasStar() {
    return star;
  }

  boolean matches(List<String> parameters) {
    int p = 0;
    int n = 0;
    int rest = -1;
    int resume = 0;
    while (n < parameters.size()) {
      if (p < types.size() && types.get(p).isRest()) {
        rest = p++;
        resume = n;
      } else if (p < types.size() && types.get(p).matches(parameters.get(n))) {
        p++;
        n++;
      } else if (rest >= 0) {
        p = rest + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < types.size() && types.get(p).isRest()) {
      p++;
    }
    return p == types.size();
  }
}
