/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Settings;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.http.HttpKeys.At;
import dev.larder.http.HttpKeys.Directives;
import dev.larder.http.HttpKeys.Store;
import dev.larder.http.HttpKeys.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes out of the settings what they say about paths. */
public final class HttpSettings {

  private HttpSettings() {}

  /** What the HTTP part is told. */
  public static HttpConfig of(Settings settings) {
    List<Rule> rules = new ArrayList<>();
    for (String name : settings.ruleNames()) {
      if (settings.rule(name, CacheKeys.ENABLED)) {
        rules.add(rule(name, new OfRule(settings, name)));
      }
    }
    return new HttpConfig(rules, rule("http", new Default(settings)), false);
  }

  /**
   * A rule for a servlet whose {@code doGet} is annotated: the defaults, and what that says.
   *
   * @throws FaultyAttribute if it says what cannot be asked of a whole response
   */
  public static Rule servletRule(Settings settings, String cache, CachePolicy policy)
      throws FaultyAttribute {
    refuse("condition", policy.condition());
    refuse("unless", policy.unless());
    refuse("ttl", policy.ttlTemplate());
    refuse("tags", policy.tags() == null || policy.tags().indexOf('{') < 0 ? null : policy.tags());
    Rule.Builder rule =
        builder(cache, new Default(settings))
            .store(duration(policy.ttl()))
            .jitter(policy.jitter())
            .collapses(policy.singleFlight())
            .waitMillis(policy.waitMillis());
    if (policy.staleWhileRevalidate() > 0) {
      rule.staleWhileRevalidate(duration(policy.staleWhileRevalidate()));
    }
    if (policy.staleIfError() > 0) {
      rule.staleIfError(duration(policy.staleIfError()));
    }
    if (policy.tags() != null) {
      rule.tags(policy.tags());
    }
    return rule.build();
  }

  private static void refuse(String attribute, String value) throws FaultyAttribute {
    if (value != null) {
      throw new FaultyAttribute(
          attribute,
          value,
          "a whole response belongs to its URL, and has no result or arguments to ask for it;"
              + " leave it out, or cache the method that the servlet calls");
    }
  }

  /** From where the values of one rule come. */
  private interface Source {
    <T> T value(Key<T> key);
  }

  private record OfRule(Settings settings, String name) implements Source {
    @Override
    public <T> T value(Key<T> key) {
      return settings.rule(name, key);
    }
  }

  private record Default(Settings settings) implements Source {
    @Override
    public <T> T value(Key<T> key) {
      return key.scope() == Key.Scope.RULE_ONLY ? key.byDefault() : settings.ruleDefault(key);
    }
  }

  private static Rule rule(String name, Source from) {
    return builder(name, from).build();
  }

  private static Rule.Builder builder(String name, Source from) {
    Rule.Builder rule =
        Rule.named(name)
            .context(from.value(HttpKeys.CONTEXT))
            .etag(from.value(HttpKeys.ETAG))
            .cacheControl(from.value(HttpKeys.CACHE_CONTROL))
            .override(from.value(HttpKeys.OVERRIDE) == Switch.ON)
            .edge(from.value(HttpKeys.AT) == At.EDGE)
            .vary(from.value(HttpKeys.VARY))
            .heuristic(from.value(HttpKeys.HEURISTIC) == Switch.ON)
            .setCookie(from.value(HttpKeys.SET_COOKIE))
            .cookies(from.value(HttpKeys.COOKIES))
            .targets(from.value(HttpKeys.TARGETS))
            .statusHeader(from.value(HttpKeys.STATUS_HEADER) == Switch.ON)
            .staleWhileRevalidate(duration(from.value(HttpKeys.STALE_WHILE_REVALIDATE)))
            .staleIfError(duration(from.value(HttpKeys.STALE_IF_ERROR)))
            .maxBody(from.value(HttpKeys.MAX_BODY))
            .jitter(from.value(CacheKeys.JITTER))
            .collapses(from.value(CacheKeys.SINGLE_FLIGHT) != CacheKeys.SingleFlight.OFF)
            .waitMillis(from.value(CacheKeys.WAIT));
    String paths = from.value(HttpKeys.PATHS);
    if (paths != null) {
      rule.paths(paths);
    }
    Store store = from.value(HttpKeys.STORE);
    if (store != null && store.rfc()) {
      rule.storeRfc();
    } else if (store != null && store.millis() > 0) {
      rule.store(duration(store.millis()));
    }
    String query = from.value(HttpKeys.QUERY);
    if (query != null) {
      rule.query(query);
    }
    String privateHeaders = from.value(HttpKeys.PRIVATE_HEADERS);
    if (privateHeaders != null) {
      rule.privateHeaders(privateHeaders);
    }
    Directives directives = from.value(HttpKeys.REQUEST_DIRECTIVES);
    if (directives != null) {
      rule.requestDirectives(directives == Directives.HONOR ? "honor" : "ignore");
    }
    String tags = from.value(HttpKeys.TAGS);
    if (tags != null) {
      rule.tags(tags);
    }
    return rule;
  }

  private static Duration duration(long millis) {
    return Duration.ofMillis(millis);
  }
}
