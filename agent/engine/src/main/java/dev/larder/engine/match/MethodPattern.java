/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A pattern of methods as AspectJ's users write it: {@code com.acme..*Repository+.find*(..)}, or
 * {@code @com.acme.Slow *} for methods that carry an annotation. Without parentheses any parameters
 * match.
 */
public final class MethodPattern {

  private final String text;
  private final NamePattern annotation;
  private final NamePattern type;
  private final boolean subtypes;
  private final String method;
  private final ParameterPattern parameters;

  private MethodPattern(
      String text,
      NamePattern annotation,
      NamePattern type,
      boolean subtypes,
      String method,
      ParameterPattern parameters) {
    this.text = text;
    this.annotation = annotation;
    this.type = type;
    this.subtypes = subtypes;
    this.method = method;
    this.parameters = parameters;
  }

  /**
   * Parses patterns that are separated by commas, those inside parentheses aside.
   *
   * @throws FaultyPattern if one of them is no pattern; its position counts from the list's start
   */
  public static List<MethodPattern> parseList(String text) throws FaultyPattern {
    List<MethodPattern> patterns = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && (depth <= 0 || i == text.length())) {
        patterns.add(parse(text, start, i));
        start = i + 1;
        depth = 0;
      }
    }
    return List.copyOf(patterns);
  }

  private static MethodPattern parse(String list, int from, int to) throws FaultyPattern {
    int start = skipBlanks(list, from, to);
    int end = to;
    while (end > start && list.charAt(end - 1) <= ' ') {
      end--;
    }
    if (start == end) {
      throw new FaultyPattern("a pattern is missing", from);
    }
    NamePattern annotation = null;
    int at = start;
    if (list.charAt(start) == '@') {
      while (at < end && list.charAt(at) > ' ') {
        at++;
      }
      NamePattern name = NamePattern.parse(list.substring(start + 1, at), start + 1);
      if (!name.exact()) {
        throw new FaultyPattern("an annotation's name holds no wildcard", start + 1);
      }
      annotation = name;
      at = skipBlanks(list, at, end);
      if (at == end) {
        throw new FaultyPattern("after an annotation stand methods, '*' for all,", end);
      }
    }
    int open = list.indexOf('(', at);
    ParameterPattern parameters = ParameterPattern.ANY;
    int nameEnd = end;
    if (open >= 0 && open < end) {
      if (list.charAt(end - 1) != ')') {
        throw new FaultyPattern("the parameters end without ')'", end - 1);
      }
      parameters = ParameterPattern.parse(list.substring(open + 1, end - 1), open + 1);
      nameEnd = open;
    }
    String text = list.substring(start, end);
    String name = list.substring(at, nameEnd).stripTrailing();
    if (name.equals("*")) {
      NamePattern all = NamePattern.parse("*", at);
      return new MethodPattern(text, annotation, all, false, "*", parameters);
    }
    int dot = name.lastIndexOf('.');
    if (dot < 1) {
      throw new FaultyPattern("a type, a dot and a method's name are expected", at);
    }
    String method = name.substring(dot + 1);
    if (method.isEmpty()) {
      throw new FaultyPattern("a method's name is missing", at + dot);
    }
    for (int i = 0; i < method.length(); i++) {
      if (!NamePattern.isNamePart(method.charAt(i))) {
        throw new FaultyPattern(
            "a method's name holds no " + NamePattern.shown(method.charAt(i)), at + dot + 1 + i);
      }
    }
    // As in AspectJ: what follows '..' at the end is a method's name, of any type there.
    String type =
        name.charAt(dot - 1) == '.' ? name.substring(0, dot + 1) + "*" : name.substring(0, dot);
    boolean subtypes = type.endsWith("+");
    if (subtypes) {
      type = type.substring(0, type.length() - 1);
    }
    return new MethodPattern(
        text, annotation, NamePattern.parse(type, at), subtypes, method, parameters);
  }

  private static int skipBlanks(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  /** Whether the pattern's type part describes a class, by its binary name; subtypes aside. */
  public boolean matchesTypeName(String binaryName) {
    return type.text().equals("*") || type.matches(binaryName);
  }

  /**
   * The type's name as it was written, where it has no wildcard; else null. A nested class may be
   * written with a dot for the {@code $} of its binary name.
   */
  public String exactTypeName() {
    return type.exact() ? type.text() : null;
  }

  /**
   * Whether it takes an annotated method over from the method's own cache: it has no {@code *}, and
   * no {@code ..} in its package or name.
   */
  public boolean takesOver() {
    return type.exact() && !hasWildcardMethod() && !parameters.hasStar();
  }

  /** Whether the method's name holds a {@code *}. */
  public boolean hasWildcardMethod() {
    return method.indexOf('*') >= 0;
  }

  /** Whether {@code +} asks for the type's subtypes too. */
  public boolean withSubtypes() {
    return subtypes;
  }

  /** Whether a method must carry an annotation. */
  public boolean asksForAnnotation() {
    return annotation != null;
  }

  /** Whether a method that carries an annotation of this binary name is one that is asked for. */
  public boolean matchesAnnotation(String binaryName) {
    return annotation.matches(binaryName);
  }

  /**
   * The binary names that the annotation may have: a nested one may be written with a dot for the
   * {@code $}. Empty where none is asked for.
   */
  public List<String> annotationNames() {
    List<String> names = new ArrayList<>();
    if (annotation != null) {
      StringBuilder name = new StringBuilder(annotation.text());
      names.add(name.toString());
      for (int dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".")) {
        name.setCharAt(dot, '$');
        names.add(name.toString());
      }
    }
    return names;
  }

  /**
   * Whether a method's name is what the pattern describes; a constructor's, by its binary name, is
   * {@code new}, as AspectJ has it, and no wildcard means it.
   */
  public boolean matchesMethodName(String name) {
    return name.equals("<init>") ? method.equals("new") : NamePattern.matchesSegment(method, name);
  }

  /**
   * Whether a method's name and parameters are what the pattern describes.
   *
   * @param parameterTypes the erased types as in source, arrays with {@code []}; {@code java.lang}
   *     may be there or not, a nested class may have {@code $} or a dot
   * @param supertypes the names of all that a class extends or implements, by its own name, {@code
   *     Object} too; asked where {@code +} stands behind a parameter's type
   */
  public boolean matchesMethod(
      String name, List<String> parameterTypes, Function<String, Set<String>> supertypes) {
    return matchesMethodName(name) && parameters.matches(parameterTypes, supertypes);
  }

  @Override
  public String toString() {
    return text;
  }
}
