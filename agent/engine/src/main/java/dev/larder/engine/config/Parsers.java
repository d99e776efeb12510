/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What reads the texts of values, one parser per kind. */
public final class Parsers {

  private static final int LONGEST_SHOWN = 120;

  private Parsers() {}

  /** A duration in milliseconds, {@link Long#MAX_VALUE} for {@code forever}. */
  public static Parser<Long> duration() {
    return Amounts::duration;
  }

  /** A duration in milliseconds, or one of some words, which gives another value. */
  public static Parser<Long> durationOr(Long otherwise, String... words) {
    return orWord(Amounts::duration, otherwise, words);
  }

  /** A time to live: a duration, or a template that says it per result. */
  public static Parser<Ttl> ttl() {
    return text ->
        text.indexOf('{') >= 0 || text.startsWith("#")
            ? new Ttl(0, text)
            : new Ttl(Amounts.duration(text), null);
  }

  /** A size in bytes. */
  public static Parser<Long> size() {
    return Amounts::size;
  }

  /** A size in bytes, or one of some words, which gives another value. */
  public static Parser<Long> sizeOr(Long otherwise, String... words) {
    return orWord(Amounts::size, otherwise, words);
  }

  /** A share such as {@code 80%}, as a number from 0 to 1. */
  public static Parser<Double> share() {
    return Amounts::share;
  }

  /** A whole number from 1. */
  public static Parser<Long> count() {
    return Amounts::count;
  }

  /** A share of the heap, or a size. */
  public static Parser<MaxMemory> maxMemory() {
    return text -> {
      try {
        if (text.endsWith("%")) {
          double share = Amounts.share(text);
          if (share > 0) {
            return new MaxMemory(share, 0);
          }
        } else {
          long bytes = Amounts.size(text);
          if (bytes > 0) {
            return new MaxMemory(0, bytes);
          }
        }
      } catch (FaultyValue faulty) {
        throw new FaultyValue(
            shown(text) + " is neither a share of the heap nor a size", memoryAllowed());
      }
      throw new FaultyValue(shown(text) + " leaves no room", memoryAllowed());
    };
  }

  private static String memoryAllowed() {
    return "a share of the heap such as 10%, or " + Amounts.SIZES;
  }

  /** {@code true} or {@code false}. */
  public static Parser<Boolean> bool() {
    return text ->
        switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new FaultyValue(shown(text) + " is neither", "true, false");
        };
  }

  /** A constant of an enum, in lower case and with {@code -} for {@code _}. */
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    return text -> {
      StringBuilder allowed = new StringBuilder();
      for (E constant : type.getEnumConstants()) {
        String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (word.equals(text)) {
          return constant;
        }
        allowed.append(allowed.length() == 0 ? "" : ", ").append(word);
      }
      throw new FaultyValue(shown(text) + " is none of them", allowed.toString());
    };
  }

  /** Any text; null for an empty one, which takes away what an annotation says. */
  public static Parser<String> text() {
    return text -> text.isEmpty() ? null : text;
  }

  /** Any text but an empty one. */
  public static Parser<String> someText(String allowed) {
    return text -> {
      if (text.isEmpty()) {
        throw new FaultyValue("the value is empty", allowed);
      }
      return text;
    };
  }

  /** Texts separated by commas; an empty text is an empty list. */
  public static Parser<List<String>> list() {
    return text -> {
      if (text.isEmpty()) {
        return List.of();
      }
      List<String> parts = split(text);
      if (parts.contains("")) {
        throw new FaultyValue(
            shown(text) + " has nothing between two commas", "texts separated by single commas");
      }
      return parts;
    };
  }

  /** Method patterns separated by commas. */
  public static Parser<List<MethodPattern>> methodPatterns() {
    return text -> {
      try {
        return text.isEmpty() ? List.of() : MethodPattern.parseList(text);
      } catch (FaultyPattern faulty) {
        throw new FaultyValue(
            shown(text) + ": " + faulty.getMessage(),
            "method patterns such as com.acme..*Repository+.find*(..)");
      }
    };
  }

  /** Class patterns separated by commas. */
  public static Parser<List<ClassPattern>> classPatterns() {
    return text -> {
      try {
        return text.isEmpty() ? List.of() : ClassPattern.parseList(text);
      } catch (FaultyPattern faulty) {
        throw new FaultyValue(
            shown(text) + ": " + faulty.getMessage(), "class patterns such as com.acme..*Dto+");
      }
    };
  }

  /** One of some words, or the name of a class with its package. */
  public static Parser<String> wordOrClass(String... words) {
    return text -> {
      for (String word : words) {
        if (word.equals(text)) {
          return text;
        }
      }
      if (text.indexOf('.') < 0 || !isClassName(text)) {
        String listed = words.length == 0 ? "" : String.join(", ", words) + ", or ";
        throw new FaultyValue(
            shown(text) + " is no name of a class", listed + "a class name with its package");
      }
      return text;
    };
  }

  /** A secret: its text, {@code env:NAME} or {@code file:PATH}. */
  public static Parser<Secret> secret() {
    return Secrets::read;
  }

  /** URIs of Redis, separated by commas. */
  public static Parser<Addresses> redisUris() {
    return text -> {
      List<String> parts = split(text);
      for (int i = 0; i < parts.size(); i++) {
        if (!isRedisUri(parts.get(i))) {
          throw new FaultyValue(
              "address " + (i + 1) + " of " + parts.size() + " is no URI of Redis",
              "redis://HOST:PORT, rediss://, redis-sentinel://…#NAME or redis-socket://PATH");
        }
      }
      return new Addresses(parts);
    };
  }

  /** {@code host:port}, several by commas. */
  public static Parser<List<String>> servers() {
    return text -> {
      List<String> parts = split(text);
      for (String part : parts) {
        hostAndPort(part, "host:port, several by commas");
      }
      return parts;
    };
  }

  /** One {@code host:port}. */
  public static Parser<String> server() {
    return text -> hostAndPort(text, "host:port such as 127.0.0.1:9437");
  }

  /** A value as it may stand in a message: quoted, in one line, and not too long. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < text.length() && i < LONGEST_SHOWN; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.append(text.length() > LONGEST_SHOWN ? "…'" : "'").toString();
  }

  private static <T> Parser<T> orWord(Parser<T> parser, T otherwise, String... words) {
    return text -> {
      for (String word : words) {
        if (word.equals(text)) {
          return otherwise;
        }
      }
      try {
        return parser.parse(text);
      } catch (FaultyValue faulty) {
        throw new FaultyValue(
            faulty.problem(), String.join(", ", words) + ", or " + faulty.allowed());
      }
    };
  }

  private static boolean isRedisUri(String text) {
    int end = text.indexOf("://");
    return end > 0
        && end + 3 < text.length()
        && List.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-socket")
            .contains(text.substring(0, end));
  }

  private static String hostAndPort(String text, String allowed) throws FaultyValue {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    boolean sound = colon > 0 && !port.isEmpty() && port.length() <= 5;
    for (int i = 0; sound && i < port.length(); i++) {
      sound = port.charAt(i) >= '0' && port.charAt(i) <= '9';
    }
    if (!sound || text.indexOf('@') >= 0 || Integer.parseInt(port) > 65_535) {
      String value = text.indexOf('@') >= 0 ? "the value" : shown(text);
      throw new FaultyValue(value + " is no host and port", allowed);
    }
    return text;
  }

  private static boolean isClassName(String text) {
    boolean start = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (start ? !Character.isJavaIdentifierStart(c) : !Character.isJavaIdentifierPart(c)) {
        if (c != '.' || start) {
          return false;
        }
        start = true;
      } else {
        start = false;
      }
    }
    return !start;
  }

  private static List<String> split(String text) {
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
