/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What reads the texts of values, one parser per kind. They are classes rather than lambdas, since
 * they are made while the application starts: its first lambda costs more than all of them.
 */
public final class Parsers {

  private static final int LONGEST_SHOWN = 120;

  private Parsers() {}

  /** A duration in milliseconds, {@link Long#MAX_VALUE} for {@code forever}. */
  public static Parser<Long> duration() {
    return Amounts.Kind.DURATION;
  }

  /** A duration in milliseconds, or one of some words, which gives another value. */
  public static Parser<Long> durationOr(Long otherwise, String... words) {
    return new OrWord<>(duration(), otherwise, List.of(words));
  }

  /** A time to live: a duration, or a template that says it per result. */
  public static Parser<Ttl> ttl() {
    return new TtlParser();
  }

  /** A size in bytes. */
  public static Parser<Long> size() {
    return Amounts.Kind.SIZE;
  }

  /** A size in bytes, or one of some words, which gives another value. */
  public static Parser<Long> sizeOr(Long otherwise, String... words) {
    return new OrWord<>(size(), otherwise, List.of(words));
  }

  /** A share such as {@code 80%}, as a number from 0 to 1. */
  public static Parser<Double> share() {
    return new ShareParser();
  }

  /** A whole number from 1. */
  public static Parser<Long> count() {
    return Amounts.Kind.COUNT;
  }

  /** A share of the heap, or a size. */
  public static Parser<MaxMemory> maxMemory() {
    return new MaxMemoryParser();
  }

  /** {@code true} or {@code false}. */
  public static Parser<Boolean> bool() {
    return new BooleanParser();
  }

  /** A constant of an enum, in lower case and with {@code -} for {@code _}. */
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    return new EnumParser<>(type);
  }

  /** Any text; null for an empty one, which takes away what an annotation says. */
  public static Parser<String> text() {
    return new TextParser(null);
  }

  /** Any text but an empty one. */
  public static Parser<String> someText(String allowed) {
    return new TextParser(allowed);
  }

  /** Texts separated by commas; an empty text is an empty list. */
  public static Parser<List<String>> list() {
    return new ListParser();
  }

  /** Method patterns separated by commas. */
  public static Parser<List<MethodPattern>> methodPatterns() {
    return new MethodPatterns();
  }

  /** Class patterns separated by commas. */
  public static Parser<List<ClassPattern>> classPatterns() {
    return new ClassPatterns();
  }

  /** One of some words, or the name of a class with its package. */
  public static Parser<String> wordOrClass(String... words) {
    return new WordOrClass(List.of(words));
  }

  /** A secret: its text, {@code env:NAME} or {@code file:PATH}. */
  public static Parser<Secret> secret() {
    return new Secrets();
  }

  /** URIs of Redis, separated by commas; a password in one stands in no message. */
  public static Parser<Addresses> redisUris() {
    return new Servers.RedisUris();
  }

  /** A URI of an HTTP service. */
  public static Parser<URI> httpUri() {
    return new Servers.HttpUri();
  }

  /** {@code host:port}, several by commas. */
  public static Parser<List<String>> servers() {
    return new Servers.HostPorts();
  }

  /** One {@code host:port}. */
  public static Parser<String> server() {
    return new Servers.HostPort();
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

  private record TtlParser() implements Parser<Ttl> {
    @Override
    public Ttl parse(String text) throws FaultyValue {
      return text.indexOf('{') >= 0 || text.startsWith("#")
          ? new Ttl(0, text)
          : new Ttl(Amounts.duration(text), null);
    }
  }

  private record ShareParser() implements Parser<Double> {
    @Override
    public Double parse(String text) throws FaultyValue {
      return Amounts.share(text);
    }
  }

  private record MaxMemoryParser() implements Parser<MaxMemory> {
    @Override
    public MaxMemory parse(String text) throws FaultyValue {
      try {
        MaxMemory bound =
            text.endsWith("%")
                ? new MaxMemory(Amounts.share(text), 0)
                : new MaxMemory(0, Amounts.size(text));
        if (bound.share() > 0 || bound.bytes() > 0) {
          return bound;
        }
      } catch (FaultyValue faulty) {
        throw new FaultyValue(
            shown(text) + " is neither a share of the heap nor a size", allowed());
      }
      throw new FaultyValue(shown(text) + " leaves no room", allowed());
    }

    private static String allowed() {
      return "a share of the heap such as 10%, or " + Amounts.SIZES;
    }
  }

  private record BooleanParser() implements Parser<Boolean> {
    @Override
    public Boolean parse(String text) throws FaultyValue {
      boolean isTrue = text.equals("true");
      if (!isTrue && !text.equals("false")) {
        throw new FaultyValue(shown(text) + " is neither true nor false", "true, false");
      }
      return isTrue;
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

  private record ListParser() implements Parser<List<String>> {
    @Override
    public List<String> parse(String text) throws FaultyValue {
      if (text.isEmpty()) {
        return List.of();
      }
      List<String> parts = split(text);
      if (parts.contains("")) {
        throw new FaultyValue(
            shown(text) + " has nothing beside a comma", "texts separated by single commas");
      }
      return parts;
    }
  }

  private record MethodPatterns() implements Parser<List<MethodPattern>> {
    @Override
    public List<MethodPattern> parse(String text) throws FaultyValue {
      try {
        return text.isEmpty() ? List.of() : MethodPattern.parseList(text);
      } catch (FaultyPattern faulty) {
        throw new FaultyValue(
            shown(text) + ": " + faulty.getMessage(),
            "method patterns such as com.acme..*Repository+.find*(..)");
      }
    }
  }

  private record ClassPatterns() implements Parser<List<ClassPattern>> {
    @Override
    public List<ClassPattern> parse(String text) throws FaultyValue {
      try {
        return text.isEmpty() ? List.of() : ClassPattern.parseList(text);
      } catch (FaultyPattern faulty) {
        throw new FaultyValue(
            shown(text) + ": " + faulty.getMessage(), "class patterns such as com.acme..*Dto+");
      }
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
