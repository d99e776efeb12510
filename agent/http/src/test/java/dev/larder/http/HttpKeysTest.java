/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.config.Catalogue;
import dev.larder.engine.config.Settings;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.http.message.CacheControl;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as the file writes them. */
final class HttpKeysTest {

  private static Settings settings(String... keysAndValues) {
    Map<String, String> file = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      file.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Settings.of(file, new Catalogue(HttpKeys.all()));
  }

  private static Rule only(String... keysAndValues) {
    return HttpSettings.of(settings(keysAndValues)).rules().get(0);
  }

  @Test
  void rule_thatSaysNothing_hasTheBuiltInDefaults() {
    Rule rule = only("http.a.paths", "/a/**, /b");
    assertThat(rule).isEqualTo(Rule.named("a").paths("/a/**, /b").build());
    assertThat(rule.stores()).isFalse();
    assertThat(rule.vary()).isNull();
    assertThat(rule.requestDirectives()).isFalse();
  }

  @Test
  void rules_ofTheFile_keepItsOrder_andTakeTheDefaults() {
    Settings settings =
        settings(
            "http.max-body", "2MB",
            "http.z.paths", "/z",
            "http.a.paths", "/a",
            "http.a.max-body", "1KB",
            "http.off.paths", "/off",
            "http.off.enabled", "false");
    HttpConfig config = HttpSettings.of(settings);
    assertThat(config.rules()).extracting(Rule::name).containsExactly("z", "a");
    assertThat(config.rules()).extracting(Rule::maxBody).containsExactly(2L << 20, 1024L);
    assertThat(config.defaults().maxBody()).isEqualTo(2 << 20);
  }

  @Test
  void everyKey_isTakenUp() {
    Rule rule =
        only(
            "http.a.paths", "/a",
            "http.a.context", "/shop/",
            "http.a.etag", "off",
            "http.a.cache-control", "public, max-age=60",
            "http.a.override", "on",
            "http.a.store", "60s",
            "http.a.at", "edge",
            "http.a.vary", "Accept-Language, X-Site",
            "http.a.query", "page, size",
            "http.a.heuristic", "on",
            "http.a.set-cookie", "strip",
            "http.a.cookies", "sid",
            "http.a.private-headers", "X-User",
            "http.a.targets", "larder, cdn",
            "http.a.request-directives", "honor",
            "http.a.status-header", "off",
            "http.a.stale-while-revalidate", "5s",
            "http.a.stale-if-error", "1m",
            "http.a.tags", "x, y");
    assertThat(rule)
        .isEqualTo(
            new Rule(
                "a",
                List.of("/a"),
                "/shop",
                Rule.Etag.OFF,
                CacheControl.parse("public, max-age=60"),
                true,
                Duration.ofSeconds(60),
                false,
                true,
                List.of("Accept-Language", "X-Site"),
                Set.of("page", "size"),
                true,
                Rule.SetCookie.STRIP,
                Set.of("sid"),
                List.of("X-User"),
                List.of("larder-Cache-Control", "cdn-Cache-Control"),
                true,
                false,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                List.of("x", "y"),
                1 << 20,
                0,
                true,
                10_000));
  }

  @Test
  void rfcStore_honoursRequests_andVariesByNothingOfItsOwn() {
    Rule rule = only("http.a.paths", "/a", "http.a.store", "rfc");
    assertThat(rule.storeRfc()).isTrue();
    assertThat(rule.vary()).isEmpty();
    assertThat(rule.requestDirectives()).isTrue();
  }

  @Test
  void rfcStore_ofAllRules_isEachOnesThatSaysNothingElse() {
    Rule rule = only("http.store", "rfc", "http.a.paths", "/a");
    assertThat(rule).isEqualTo(only("http.a.paths", "/a", "http.a.store", "rfc"));
    Rule other = only("http.store", "rfc", "http.a.paths", "/a", "http.a.store", "60s");
    assertThat(other).isEqualTo(only("http.a.paths", "/a", "http.a.store", "60s"));
  }

  @Test
  void servletsRule_hasWhatTheAnnotationSays() throws FaultyAttribute {
    Settings settings = settings("http.etag", "off");
    CachePolicy policy =
        new SettingsPolicies(settings)
            .of(new Operation("shop", Map.of("ttl", "30s", "stale-if-error", "1m", "tags", "a,b")));
    Rule rule = HttpSettings.servletRule(settings, "shop", policy);
    assertThat(rule.name()).isEqualTo("shop");
    assertThat(rule.store()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rule.staleIfError()).isEqualTo(Duration.ofMinutes(1));
    assertThat(rule.tags()).containsExactly("a", "b");
    assertThat(rule.etag()).isEqualTo(Rule.Etag.OFF);
  }

  @ParameterizedTest
  @CsvSource({
    "condition, p0.remoteUser == null",
    "unless, result == null",
    "ttl, {p0.maxAge}s",
    "tags, page:{p0.pathInfo}"
  })
  void servletsRule_thatAsksForArgumentsOrAResult_isNone(String attribute, String value)
      throws FaultyAttribute {
    Settings settings = settings("http.etag", "off");
    CachePolicy policy =
        new SettingsPolicies(settings).of(new Operation("shop", Map.of(attribute, value)));
    assertThatThrownBy(() -> HttpSettings.servletRule(settings, "shop", policy))
        .isInstanceOf(FaultyAttribute.class)
        .hasMessageStartingWith(attribute + " = " + value)
        .hasMessageContaining("a whole response belongs to its URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paths | api/**",
        "context | shop",
        "etag | strongly",
        "cache-control | max age=60",
        "cache-control | public, max-age=60s",
        "cache-control | S-MaxAge",
        "override | true",
        "store | 60",
        "at | filter",
        "vary | Accept Language",
        "vary | auto, X-Country",
        "vary | None",
        "vary | Accept, *",
        "cookies | private, SID",
        "cookies | SID, ignore",
        "tags | page:{id}",
        "set-cookie | keep",
        "max-body | big"
      })
  void wrongValue_isRefused(String key, String value) {
    assertThatThrownBy(() -> settings("http.a." + key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }
}
