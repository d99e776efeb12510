/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What stands between a pattern's parentheses. */
final class ParameterPattern {

  static final ParameterPattern ANY = new ParameterPattern(arrayOfRest(), false);

  private final List<Type> types;
  private final boolean star;

  /**
   * One parameter: a name, whether {@code +} asks for its subtypes too, and how many arrays deep; a
   * null name is {@code ..}.
   */
  private record Type(NamePattern name, boolean subtypes, int dimensions) {

    boolean isRest() {
      return name == null;
    }

    boolean matches(String type, Function<String, Set<String>> supertypes) {
      if (name.text().equals("*") && dimensions == 0) {
        return true;
      }
      if (dimensions != dimensionsOf(type)) {
        return false;
      }
      String source = withoutArrays(type);
      return name.text().equals("*")
          || isNamed(source)
          || (subtypes && supertypes.apply(source).stream().anyMatch(this::isNamed));
    }

    private boolean isNamed(String source) {
      return name.matches(withoutJavaLang(source));
    }
  }

  private ParameterPattern(List<Type> types, boolean star) {
    this.types = types;
    this.star = star;
  }

  private static List<Type> arrayOfRest() {
    return List.of(new Type(null, false, 0));
  }

  static ParameterPattern parse(String text, int offset) throws FaultyPattern {
    if (text.isBlank()) {
      return new ParameterPattern(List.of(), false);
    }
    String erased = withoutTypeArguments(text, offset);
    List<Type> types = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= erased.length(); i++) {
      if (i == erased.length() || erased.charAt(i) == ',') {
        types.add(parseType(erased.substring(start, i), offset + start));
        start = i + 1;
      }
    }
    return new ParameterPattern(List.copyOf(types), erased.indexOf('*') >= 0);
  }

  /**
   * The text with blanks for all type arguments: no two methods of a class differ by them alone.
   */
  private static String withoutTypeArguments(String text, int offset) throws FaultyPattern {
    if (text.indexOf('<') < 0) {
      return text;
    }
    StringBuilder erased = new StringBuilder(text);
    int depth = 0;
    int opened = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<') {
        if (depth++ == 0) {
          opened = i;
          if (i == 0 || !NamePattern.isNamePart(text.charAt(i - 1))) {
            throw new FaultyPattern("a type stands before its type arguments: '<'", offset + i);
          }
        }
      }
      if (depth > 0) {
        erased.setCharAt(i, ' ');
      }
      if (c == '>' && --depth < 0) {
        throw new FaultyPattern("a '>' closes no type arguments", offset + i);
      }
    }
    if (depth > 0) {
      throw new FaultyPattern("type arguments end with '>': '<'", offset + opened);
    }
    return erased.toString();
  }

  private static Type parseType(String raw, int offset) throws FaultyPattern {
    String text = raw.strip();
    int at = offset + Math.max(0, raw.indexOf(text));
    if (text.isEmpty()) {
      throw new FaultyPattern("a parameter's type is missing", offset);
    }
    if (text.equals("..")) {
      return new Type(null, false, 0);
    }
    String arrays = text.endsWith("...") ? text.substring(0, text.length() - 3) + "[]" : text;
    String name = withoutArrays(arrays).strip();
    boolean subtypes = name.endsWith("+");
    if (subtypes) {
      name = name.substring(0, name.length() - 1).strip();
    }
    NamePattern.parse(name, at);
    return new Type(NamePattern.parse(withoutJavaLang(name), at), subtypes, dimensionsOf(arrays));
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

  /**
   * Whether it describes these parameters.
   *
   * @param supertypes all supertypes of a class by its name, asked for a {@code +} alone
   */
  boolean matches(List<String> parameters, Function<String, Set<String>> supertypes) {
    int p = 0;
    int n = 0;
    int rest = -1;
    int resume = 0;
    while (n < parameters.size()) {
      if (p < types.size() && types.get(p).isRest()) {
        rest = p++;
        resume = n;
      } else if (p < types.size() && types.get(p).matches(parameters.get(n), supertypes)) {
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
