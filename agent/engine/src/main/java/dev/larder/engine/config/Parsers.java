/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.MethodPattern;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * What reads the texts of values, one parser per kind. None is a lambda, since parsers are made
 * while the application starts: its first lambda costs more than all of them.
 */
public final class Parsers {

  private static final int LONGEST_SHOWN = 120;

  private Parsers() {}

  /** A duration in milliseconds, {@link Long#MAX_VALUE} for {@code forever}. */
  public static Parser<Long> duration() {
    return of(ValueKind.DURATION);
  }

  /** A duration in milliseconds, or one of some words, which gives another value. */
  public static Parser<Long> durationOr(Long otherwise, String... words) {
    return new OrWord<>(duration(), otherwise, List.of(words));
  }

  /** A time to live: a duration, or a template that says it per result. */
  public static Parser<Ttl> ttl() {
    return of(ValueKind.TTL);
  }

  /** A size in bytes. */
  public static Parser<Long> size() {
    return of(ValueKind.SIZE);
  }

  /** A size in bytes, or one of some words, which gives another value. */
  public static Parser<Long> sizeOr(Long otherwise, String... words) {
    return new OrWord<>(size(), otherwise, List.of(words));
  }

  /** A share such as {@code 80%}, as a number from 0 to 1. */
  public static Parser<Double> share() {
    return of(ValueKind.SHARE);
  }

  /** A whole number from 1. */
  public static Parser<Long> count() {
    return of(ValueKind.COUNT);
  }

  /** A share of the heap, or a size. */
  public static Parser<MaxMemory> maxMemory() {
    return of(ValueKind.MAX_MEMORY);
  }

  /** What stands before every stored key: a text without colons and control characters. */
  static Parser<String> prefix() {
    return of(ValueKind.PREFIX);
  }

  /** {@code true} or {@code false}. */
  public static Parser<Boolean> bool() {
    return of(ValueKind.BOOLEAN);
  }

  /** A constant of an enum, in lower case and with {@code -} for {@code _}. */
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    return new EnumParser<>(type);
  }

  /** Any text; null for an empty one, which takes away what an annotation says. */
  public static Parser<String> text() {
    return new TextParser(null);
  }

  /** A template, as text; null for an empty one, which takes away what an annotation says. */
  public static Parser<String> template() {
    return of(ValueKind.TEMPLATE);
  }

  /** Templates separated by commas, as one text; null for an empty one. */
  public static Parser<String> tags() {
    return of(ValueKind.TAGS);
  }

  /** An expression, as text; null for an empty one. */
  public static Parser<String> expression() {
    return of(ValueKind.EXPRESSION);
  }

  /** Any text but an empty one. */
  public static Parser<String> someText(String allowed) {
    return new TextParser(allowed);
  }

  /** Texts separated by commas; an empty text is an empty list. */
  public static Parser<List<String>> list() {
    return of(ValueKind.LIST);
  }

  /** Method patterns separated by commas. */
  public static Parser<List<MethodPattern>> methodPatterns() {
    return of(ValueKind.METHOD_PATTERNS);
  }

  /** Class patterns separated by commas. */
  public static Parser<List<ClassPattern>> classPatterns() {
    return of(ValueKind.CLASS_PATTERNS);
  }

  /** One of some words, or the name of a class with its package. */
  public static Parser<String> wordOrClass(String... words) {
    return new WordOrClass(List.of(words));
  }

  /** A secret: its text, {@code env:NAME} or {@code file:PATH}. */
  public static Parser<Secret> secret() {
    return of(ValueKind.SECRET);
  }

  /** Secrets separated by commas, each as above, as one text. */
  static Parser<Secret> secrets() {
    return of(ValueKind.SECRETS);
  }

  /** URIs of Redis, separated by commas; a password in one stands in no message. */
  public static Parser<Addresses> redisUris() {
    return of(ValueKind.REDIS_URIS);
  }

  /** A URI of an HTTP service. */
  public static Parser<URI> httpUri() {
    return of(ValueKind.HTTP_URI);
  }

  /** {@code host:port}, several by commas. */
  public static Parser<List<String>> servers() {
    return of(ValueKind.SERVERS);
  }

  /** One {@code host:port}. */
  public static Parser<String> server() {
    return of(ValueKind.SERVER);
  }

  /** One {@code host:port}, or one of some words, which gives null. */
  public static Parser<String> serverOr(String... words) {
    return new OrWord<>(server(), null, List.of(words));
  }

  /** A value as it may stand in a message: quoted, in one line, and not too long. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < text.length() && i < LONGEST_SHOWN; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.append(text.length() > LONGEST_SHOWN ? "...'" : "'").toString();
  }

  /** A kind as the parser of what it gives. */
  @SuppressWarnings("unchecked")
  private static <T> Parser<T> of(ValueKind kind) {
    return (Parser<T>) (Parser<?>) kind;
  }

  private record OrWord<T>(Parser<T> parser, T otherwise, List<String> words) implements Parser<T> {
    @Override
    public T parse(String text) throws FaultyValue {
      if (words.contains(text)) {
        return otherwise;
      }
      try {
        return parser.parse(text);
      } catch (FaultyValue faulty) {
        throw new FaultyValue(
            faulty.problem(), String.join(", ", words) + ", or " + faulty.allowed());
      }
    }
  }

  private record EnumParser<E extends Enum<E>>(Class<E> type) implements Parser<E> {
    @Override
    public E parse(String text) throws FaultyValue {
      StringBuilder allowed = new StringBuilder();
      for (E constant : type.getEnumConstants()) {
        String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (word.equals(text)) {
          return constant;
        }
        allowed.append(allowed.length() == 0 ? "" : ", ").append(word);
      }
      throw new FaultyValue(shown(text) + " is none of what is allowed", allowed.toString());
    }
  }

  /** Takes null where an empty text is allowed. */
  private record TextParser(String allowed) implements Parser<String> {
    @Override
    public String parse(String text) throws FaultyValue {
      if (!text.isEmpty()) {
        return text;
      }
      if (allowed != null) {
        throw new FaultyValue("the value is empty", allowed);
      }
      return null;
    }
  }

  private record WordOrClass(List<String> words) implements Parser<String> {
    @Override
    public String parse(String text) throws FaultyValue {
      if (words.contains(text) || isClassName(text)) {
        return text;
      }
      String name = "the name of a class with its package";
      if (words.isEmpty()) {
        throw new FaultyValue(shown(text) + " is no such name", name);
      }
      throw new FaultyValue(
          shown(text) + " is none of what is allowed", String.join(", ", words) + ", or " + name);
    }

    private static boolean isClassName(String text) {
      boolean start = true;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '.' && !start) {
          start = true;
        } else if (start ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c)) {
          start = false;
        } else {
          return false;
        }
      }
      return !start && text.indexOf('.') > 0;
    }
  }
}
