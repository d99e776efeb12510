/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.config.CacheKeys.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Key<String> ETAG =
      Key.rule("etag", Parsers.wordOrClass("weak", "strong", "off"), "weak");
  private static final Key<List<String>> PATHS = Key.ruleOnly("paths", Parsers.list(), List.of());
  private static final Catalogue CATALOGUE = new Catalogue(List.of(ETAG, PATHS));

  /** What may say a ttl, from highest to lowest; each says as many seconds as its rank. */
  private enum Source {
    CACHE_PROPERTY(0),
    CACHE_VARIABLE(1),
    CACHE_OPTION(2),
    CACHE_FILE(3),
    ANNOTATION(4),
    GLOBAL_PROPERTY(5),
    GLOBAL_VARIABLE(6),
    GLOBAL_OPTION(7),
    GLOBAL_FILE(8);

    private final int rank;

    Source(int rank) {
      this.rank = rank;
    }
  }

  @Test
  void cache_everySubsetOfSources_takesTheHighest() throws FaultyValue {
    Source[] sources = Source.values();
    for (int subset = 0; subset < 1 << sources.length; subset++) {
      List<Source> present = new ArrayList<>();
      for (Source source : sources) {
        if ((subset & 1 << source.rank) != 0) {
          present.add(source);
        }
      }
      Settings settings = settingsOf(present);
      String annotation = present.contains(Source.ANNOTATION) ? Source.ANNOTATION.rank + "s" : "";
      long expected = present.isEmpty() ? 300_000 : present.get(0).rank * 1_000L;
      assertThat(settings.cache("shop.products-all", CacheKeys.TTL, annotation))
          .as("of %s", present)
          .isEqualTo(new Ttl(expected, null));
    }
  }

  private static Settings settingsOf(List<Source> present) {
    StringBuilder file = new StringBuilder();
    Map<String, String> options = new HashMap<>();
    Map<String, String> variables = new HashMap<>();
    Map<String, String> properties = new HashMap<>();
    String key = "cache.shop.products-all.ttl";
    for (Source source : present) {
      String value = source.rank + "s";
      switch (source) {
        case CACHE_PROPERTY -> properties.put("larder." + key, value);
        case CACHE_VARIABLE -> variables.put("LARDER_CACHE_SHOP_PRODUCTS_ALL_TTL", value);
        case CACHE_OPTION -> options.put(key, value);
        case CACHE_FILE -> file.append(key).append('=').append(value).append('\n');
        case ANNOTATION -> {}
        case GLOBAL_PROPERTY -> properties.put("larder.ttl", value);
        case GLOBAL_VARIABLE -> variables.put("LARDER_TTL", value);
        case GLOBAL_OPTION -> options.put("ttl", value);
        case GLOBAL_FILE -> file.append("ttl=").append(value).append('\n');
      }
    }
    SettingsReader all = new SettingsReader(CATALOGUE, Map.of());
    all.file("larder.properties", file.toString());
    options.forEach((name, value) -> all.option("agent options", name, value));
    all.environment(variables);
    all.systemProperties(properties);
    assertThat(all.faults()).isEmpty();
    return all.settings();
  }

  @Test
  void cache_nullOrEmptyAnnotation_isNotGiven() throws FaultyValue {
    Settings settings = Settings.of(Map.of("scope", "shared"));
    assertThat(settings.cache("a", CacheKeys.SCOPE, null)).isEqualTo(Scope.SHARED);
    assertThat(settings.cache("a", CacheKeys.SCOPE, "")).isEqualTo(Scope.SHARED);
    assertThat(settings.cache("a", CacheKeys.SCOPE, "instance")).isEqualTo(Scope.INSTANCE);
  }

  @Test
  void cache_faultyAnnotation_isAFaultOnlyWhereItCounts() throws FaultyValue {
    assertThatThrownBy(() -> Settings.none().cache("a", CacheKeys.TTL, "5x"))
        .isInstanceOf(FaultyValue.class)
        .hasMessageContaining("'5x'");
    Settings settings = Settings.of(Map.of("cache.a.ttl", "1s"));
    assertThat(settings.cache("a", CacheKeys.TTL, "5x")).isEqualTo(new Ttl(1_000, null));
  }

  @Test
  void cache_emptyText_takesAwayWhatTheAnnotationSays() throws FaultyValue {
    Settings settings = Settings.of(Map.of("cache.a.unless", ""));
    assertThat(settings.cache("a", CacheKeys.UNLESS, "result.draft")).isNull();
  }

  @Test
  void cache_enabledUnderAGlobalFalse_holds() {
    Settings settings = Settings.of(Map.of("enabled", "false", "cache.a.enabled", "true"));
    assertThat(settings.cache("a", CacheKeys.ENABLED)).isTrue();
    assertThat(settings.cache("b", CacheKeys.ENABLED)).isFalse();
  }

  @Test
  void cache_nameWithDots_endsBeforeTheLongestKey() {
    Settings settings =
        Settings.of(
            Map.of(
                "cache.com.acme.A.find.ttl", "1s",
                "cache.a.l1.ttl", "2s",
                "cache.l1.ttl", "3s",
                "cache.a.ttl.ttl", "4s"));
    assertThat(settings.cacheNames())
        .containsExactlyInAnyOrder("com.acme.A.find", "a", "l1", "a.ttl");
    assertThat(settings.cache("a", CacheKeys.L1_TTL)).isEqualTo(2_000);
    assertThat(settings.cache("a", CacheKeys.TTL).millis()).isEqualTo(300_000);
    assertThat(settings.cache("l1", CacheKeys.TTL).millis()).isEqualTo(3_000);
    assertThat(settings.cache("a.ttl", CacheKeys.TTL).millis()).isEqualTo(4_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"products", "PRODUCTS", "Products"})
  void environment_variableOfACache_meansEachNameThatIsWrittenSo(String name) {
    SettingsReader reader = new SettingsReader(CATALOGUE, Map.of());
    reader.environment(Map.of("LARDER_CACHE_PRODUCTS_CACHE_NULL", "false"));
    assertThat(reader.settings().cache(name, CacheKeys.CACHE_NULL)).isFalse();
    assertThat(reader.settings().cacheNames()).isEmpty();
  }

  @Test
  void environment_namesWithDotsAndHyphens_areMet() {
    SettingsReader reader = new SettingsReader(CATALOGUE, Map.of());
    reader.environment(
        Map.of(
            "LARDER_CACHE_COM_ACME_A_B_L1_TTL", "1s",
            "LARDER_CACHE_EXCEPTIONS", "2s",
            "LARDER_HTTP_CATALOG_ETAG", "strong",
            "LARDER_HTTP_ETAG", "off",
            "LARDER_REDIS_CREATE_TABLE", "x"));
    Settings settings = reader.settings();
    assertThat(settings.cache("com.acme.A-b", CacheKeys.L1_TTL)).isEqualTo(1_000);
    assertThat(settings.cache("com.acme.A-c", CacheKeys.L1_TTL)).isNull();
    assertThat(settings.global(CacheKeys.CACHE_EXCEPTIONS)).isEqualTo(2_000);
    assertThat(settings.rule("catalog", ETAG)).isEqualTo("strong");
    assertThat(settings.rule("other", ETAG)).isEqualTo("off");
    assertThat(reader.faults()).isEmpty();
    assertThat(reader.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.key()).isEqualTo("LARDER_REDIS_CREATE_TABLE");
              assertThat(warning.toString()).doesNotContain("'x'");
            });
  }

  @Test
  void rule_ownThenAllRulesThenAllCaches_isTheOrder() {
    Settings settings =
        Settings.of(
            Map.of(
                "http.a.etag", "strong",
                "http.etag", "off",
                "http.a.timeout", "1s",
                "http.timeout", "2s",
                "timeout", "3s",
                "wait", "4s",
                "http.l1.max-entries", "7",
                "http.a.paths", "/x/**, /y"),
            CATALOGUE);
    assertThat(settings.rule("a", ETAG)).isEqualTo("strong");
    assertThat(settings.rule("b", ETAG)).isEqualTo("off");
    assertThat(settings.rule("a", CacheKeys.TIMEOUT)).isEqualTo(1_000);
    assertThat(settings.rule("b", CacheKeys.TIMEOUT)).isEqualTo(2_000);
    assertThat(settings.cache("b", CacheKeys.TIMEOUT)).isEqualTo(3_000);
    assertThat(settings.rule("b", CacheKeys.WAIT)).isEqualTo(4_000);
    assertThat(settings.rule("b", CacheKeys.L1_MAX_ENTRIES)).isEqualTo(7);
    assertThat(settings.rule("a", PATHS)).containsExactly("/x/**", "/y");
    assertThat(settings.ruleNames()).containsExactly("a");
    assertThat(settings.isRuleSet("b", CacheKeys.WAIT)).isTrue();
    assertThat(settings.isRuleSet("b", CacheKeys.JITTER)).isFalse();
  }

  @Test
  void names_ofAFile_areInItsOrder() {
    SettingsReader reader = new SettingsReader(CATALOGUE, Map.of());
    reader.file("f", "cache.z.ttl=1s\nhttp.r.paths=/\ncache.a.ttl=1s\ncache.z.idle=1s\n");
    reader.option("agent options", "cache.m.ttl", "1s");
    reader.systemProperties(Map.of("larder.cache.b.ttl", "1s", "larder.ttl", 5, "java.home", "x"));
    assertThat(reader.settings().cacheNames()).containsExactly("z", "a", "m", "b");
    assertThat(reader.settings().ruleNames()).containsExactly("r");
  }

  @Test
  void isSet_globalOrOwn_isTold() {
    Settings settings = Settings.of(Map.of("cache.a.l1.ttl", "1s", "idle", "none"));
    assertThat(settings.isSet("a", CacheKeys.L1_TTL)).isTrue();
    assertThat(settings.isSet("b", CacheKeys.L1_TTL)).isFalse();
    assertThat(settings.isSet("b", CacheKeys.IDLE)).isTrue();
    assertThat(settings.isSet(CacheKeys.IDLE)).isTrue();
    assertThat(settings.isSet(CacheKeys.TTL)).isFalse();
  }

  @Test
  void of_unknownKey_throws() {
    assertThatThrownBy(() -> Settings.of(Map.of("tll", "1s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tll");
  }
}
