/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.config.FaultyValue;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Parser;
import dev.larder.engine.config.Parsers;
import dev.larder.http.Rule.Etag;
import dev.larder.http.Rule.SetCookie;
import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Fields;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The keys of path rules; all but {@code paths} and {@code context} have a default for all rules.
 */
public final class HttpKeys {

  /** {@code off} or {@code on}. */
  enum Switch {
    OFF,
    ON
  }

  /** Where a stored response is served. */
  enum At {
    SERVLET,
    EDGE
  }

  /** Whether a request's {@code Cache-Control} counts. */
  enum Directives {
    IGNORE,
    HONOR
  }

  /**
   * For how long responses are kept that name no lifetime of their own.
   *
   * @param rfc whether the response alone says what is kept
   * @param millis of no meaning where the response alone says it
   */
  record Store(boolean rfc, long millis) {}

  /** The directives whose argument is a number of seconds (RFC 9111, 5.2.2; RFC 5861). */
  private static final List<String> OF_SECONDS =
      List.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  public static final Key<String> PATHS = Key.ruleOnly("paths", paths(), null);

  /** Without a slash at its end, and so empty for the root; null for any. */
  static final Key<String> CONTEXT = Key.ruleOnly("context", context(), null);

  static final Key<Etag> ETAG = Key.rule("etag", Parsers.oneOf(Etag.class), Etag.WEAK);
  static final Key<String> CACHE_CONTROL = Key.rule("cache-control", directives(), null);
  static final Key<Switch> OVERRIDE = Key.rule("override", Parsers.oneOf(Switch.class), Switch.OFF);

  /** Null where nothing is stored. */
  static final Key<Store> STORE = Key.rule("store", store(), null);

  static final Key<At> AT = Key.rule("at", Parsers.oneOf(At.class), At.SERVLET);

  /** Empty for what {@link #STORE} has first. */
  static final Key<String> VARY = Key.rule("vary", varyNames(), "");

  /** Null for all parameters. */
  static final Key<String> QUERY = Key.rule("query", Parsers.text(), null);

  static final Key<Switch> HEURISTIC =
      Key.rule("heuristic", Parsers.oneOf(Switch.class), Switch.OFF);
  static final Key<SetCookie> SET_COOKIE =
      Key.rule("set-cookie", Parsers.oneOf(SetCookie.class), SetCookie.REFUSE);
  static final Key<String> COOKIES =
      Key.rule(
          "cookies", names("private, ignore, or cookie names", "private", "ignore"), "private");

  /** Null for the built-in list. */
  static final Key<String> PRIVATE_HEADERS = Key.rule("private-headers", fieldNames(), null);

  static final Key<String> TARGETS =
      Key.rule("targets", names("names of targeted fields"), "larder");

  /** Null for what {@link #STORE} has first. */
  static final Key<Directives> REQUEST_DIRECTIVES =
      Key.rule("request-directives", Parsers.oneOf(Directives.class), null);

  static final Key<Switch> STATUS_HEADER =
      Key.rule("status-header", Parsers.oneOf(Switch.class), Switch.ON);
  public static final Key<Long> STALE_WHILE_REVALIDATE =
      Key.rule("stale-while-revalidate", Parsers.durationOr(0L, "none"), 0L);
  public static final Key<Long> STALE_IF_ERROR =
      Key.rule("stale-if-error", Parsers.durationOr(0L, "none"), 0L);
  static final Key<String> TAGS = Key.rule("tags", tags(), null);

  /** In bytes. */
  static final Key<Long> MAX_BODY = Key.rule("max-body", Parsers.size(), Rule.MAX_BODY);

  private HttpKeys() {}

  /** All of them. */
  public static List<Key<?>> all() {
    return List.of(
        PATHS,
        CONTEXT,
        ETAG,
        CACHE_CONTROL,
        OVERRIDE,
        STORE,
        AT,
        VARY,
        QUERY,
        HEURISTIC,
        SET_COOKIE,
        COOKIES,
        PRIVATE_HEADERS,
        TARGETS,
        REQUEST_DIRECTIVES,
        STATUS_HEADER,
        STALE_WHILE_REVALIDATE,
        STALE_IF_ERROR,
        TAGS,
        MAX_BODY);
  }

  private static Parser<Store> store() {
    Parser<Long> duration = Parsers.duration();
    return text -> {
      if (text.equals("rfc")) {
        return new Store(true, 0);
      }
      try {
        return new Store(false, duration.parse(text));
      } catch (FaultyValue faulty) {
        throw new FaultyValue(faulty.problem(), faulty.allowed() + ", or rfc");
      }
    };
  }

  private static Parser<String> paths() {
    String allowed = "Ant patterns such as /api/products/**, several by commas";
    return text -> {
      for (String path : Parsers.list().parse(text)) {
        if (!path.startsWith("/")) {
          throw new FaultyValue(Parsers.shown(path) + " does not begin with /", allowed);
        }
      }
      return Parsers.someText(allowed).parse(text);
    };
  }

  private static Parser<String> context() {
    return text -> {
      String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      if (!text.startsWith("/") || path.endsWith("/") || path.indexOf('*') >= 0) {
        throw new FaultyValue(
            Parsers.shown(text) + " is no context path", "a path such as /shop, or / for the root");
      }
      return path;
    };
  }

  private static Parser<String> directives() {
    String allowed = "Cache-Control directives such as public, max-age=60";
    return text -> {
      for (String member : Fields.members(List.of(text))) {
        int equals = member.indexOf('=');
        if (!Fields.isToken(equals < 0 ? member : member.substring(0, equals))) {
          throw new FaultyValue(Parsers.shown(member) + " is no directive", allowed);
        }
        CacheControl one = CacheControl.parse(member);
        for (String directive : OF_SECONDS) {
          if (one.has(directive) && !SECONDS.matcher(one.value(directive)).matches()) {
            throw new FaultyValue(
                Parsers.shown(member) + " has no number of seconds", directive + "=60 or the like");
          }
        }
      }
      return Parsers.someText(allowed).parse(text);
    };
  }

  private static Parser<String> varyNames() {
    String allowed = "auto, none, or field names";
    Parser<String> names = names(allowed, "auto", "none");
    return text -> {
      if (Parsers.list().parse(text).contains("*")) {
        throw new FaultyValue("'*' names no field", allowed + " by commas");
      }
      return names.parse(text);
    };
  }

  /**
   * Names of fields or cookies by commas.
   *
   * @param words each of which says all, and so stands in place of any name
   */
  private static Parser<String> names(String allowed, String... words) {
    return text -> {
      for (String name : Parsers.list().parse(text)) {
        if (!Fields.isToken(name)) {
          throw new FaultyValue(Parsers.shown(name) + " is no name", allowed + " by commas");
        }
        for (String word : words) {
          if (name.equalsIgnoreCase(word) && !text.equals(word)) {
            throw new FaultyValue(
                Parsers.shown(text) + " has the word " + word + " for a name",
                word + " alone, or names without it");
          }
        }
      }
      return Parsers.someText(allowed).parse(text);
    };
  }

  /** Tags by commas; a response has no arguments or result of which a template could be made. */
  private static Parser<String> tags() {
    return text -> {
      if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
        throw new FaultyValue(
            Parsers.shown(text) + " is a template, of which a rule has no values",
            "tags without { and }, by commas");
      }
      return Parsers.text().parse(text);
    };
  }

  /** Names of fields by commas; an empty text means none of them. */
  private static Parser<String> fieldNames() {
    Parser<String> names = names("field names");
    return text -> text.isEmpty() ? text : names.parse(text);
  }
}
