/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

  private static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              Key.rule("etag", Parsers.wordOrClass("weak", "strong", "off"), "weak"),
              Key.ruleOnly("paths", Parsers.list(), List.of()),
              Key.rule("store", Parsers.text(), null)));

  private final SettingsReader reader = new SettingsReader(CATALOGUE, Map.of());

  @ParameterizedTest
  @CsvSource({
    "tll, ttl",
    "redis.url, redis.uri",
    "redis.pasword, redis.password",
    "cache.products.tll, cache.products.ttl",
    "cache.com.acme.A.find.max-entrys, cache.com.acme.A.find.max-entries",
    "cache.products.l1.tll, cache.products.l1.ttl",
    "cache.products.cacheNull, cache.products.cache-null",
    "cahce.products.ttl, cache.products.ttl",
    "http.catalog.path, http.catalog.paths",
    "http.etga, http.etag",
    "http.catalog.ttl, http.catalog.store",
    "products.ttl, cache.products.ttl",
    "methods, cache.NAME.methods",
    "cache..methods, cache.NAME.methods",
    "paths, http.NAME.paths",
    "maxmemory, max-memory",
    "TTL, ttl",
    "CACHE.Products.TTL, cache.Products.ttl",
    "cache.products.STALE_IF_ERROR, cache.products.stale-if-error"
  })
  void file_unknownKey_isAFaultWithTheNearest(String key, String nearest) {
    reader.file("larder.properties", "\n" + key + " = hunter2");
    assertThat(reader.faults())
        .containsExactly(
            new Fault("larder.properties", 2, key, "there is no such key", null, nearest));
  }

  @Test
  void everySource_veryLongKey_isUnknownWithoutANearest() {
    String key = "x.".repeat(100_000);
    reader.file("f", key);
    reader.environment(Map.of("LARDER_" + key, ""));
    reader.systemProperties(Map.of("larder." + key, ""));
    assertThat(reader.faults()).singleElement().matches(fault -> fault.allowed() != null);
    assertThat(reader.warnings()).hasSize(2);
  }

  @Test
  void environment_methodsOfACacheThatNothingElseNames_areWarnedOf() {
    reader.file("f", "cache.by-file.ttl = 1m\n");
    reader.environment(
        Map.of(
            "LARDER_CACHE_BY_FILE_METHODS", "a.B.c",
            "LARDER_CACHE_OTHER_METHODS", "a.B.c",
            "LARDER_CACHE_ANNOTATED_TTL", "1m"));
    assertThat(reader.faults()).isEmpty();
    assertThat(reader.warnings())
        .extracting(Fault::key)
        .containsExactly("LARDER_CACHE_OTHER_METHODS");
  }

  @Test
  void sealKey_severalVariables_areReadFromThose() {
    SettingsReader any = new SettingsReader(CATALOGUE, Map.of("NEW", "one", "OLD", "two"));
    any.file("f", "seal.key = env:NEW, env:OLD\n");
    assertThat(any.faults()).isEmpty();
    assertThat(any.settings().global(GlobalKeys.SEAL_KEY).value()).isEqualTo("one,two");
  }

  @Test
  void everySource_keysOfABackendThatIsAClass_areTaken() {
    reader.file("f", "acme.url = acme://a\nacme.password = env:NONE\nbackend = com.acme.Backend\n");
    reader.environment(Map.of("LARDER_ACME_URL", "acme://b", "LARDER_OTHER_URL", "x"));
    reader.systemProperties(Map.of("larder.acme.region", "eu"));

    Settings settings = reader.settings();

    assertThat(settings.backendKeys())
        .extracting(Key::name)
        .containsExactly("acme.url", "acme.region");
    assertThat(settings.backendKeys())
        .extracting(key -> (Object) settings.global(key))
        .containsExactly("acme://b", "eu");
    assertThat(reader.faults())
        .as("a secret is looked for")
        .singleElement()
        .matches(fault -> fault.key().equals("acme.password") && fault.line() == 2);
    assertThat(reader.warnings()).extracting(Fault::key).containsExactly("LARDER_OTHER_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cahce.products.ttl",
        "redis.url",
        "rediss.uri",
        "htp.a.paths",
        "url",
        "acme..url"
      })
  void file_keyLikeOneOfLarders_isAFaultBesideABackendThatIsAClass(String key) {
    reader.file("f", "cache.a.backend = com.acme.Backend\n" + key + " = x\n");

    assertThat(reader.faults()).extracting(Fault::key).containsExactly(key);
  }

  @Test
  void file_keyOfABackendThatNobodyNames_isAFaultInItsPlace() {
    reader.file("f", "ttl = x\nacme.url = acme://a\nidle = x\n");

    assertThat(reader.faults()).extracting(Fault::line).containsExactly(1, 2, 3);
  }

  @Test
  void file_keyThatStandsTwice_isAFaultThatNamesBothLines() {
    reader.file("f", "ttl=1s\nidle=1s\nttl=2s\n");
    assertThat(reader.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(3);
              assertThat(fault.problem()).contains("twice", "line 1");
            });
  }

  @Test
  void file_brokenEscape_isAFaultWithoutItsValue() {
    reader.file("f", "redis.password=hunter2\\u00zz\nttl=1s");
    assertThat(reader.faults()).singleElement().matches(fault -> fault.line() == 1);
    assertThat(reader.faults().toString()).doesNotContain("hunter2");
  }

  @Test
  void file_commentBehindAValue_isExplained() {
    reader.file("f", "ttl = 60s # a minute");
    assertThat(reader.faults().get(0).allowed()).contains("a comment is a line of its own");
  }

  @Test
  void file_controlCharacterInAName_isAFault() {
    reader.file("f", "cache.a\\tb.ttl = 60s");
    assertThat(reader.faults().get(0).problem()).contains("control character");
  }

  @Test
  void secret_faultyAnywhere_isNowhere() {
    reader.file("f", "redis.passwrd=hunter2\nseal.key=file:/hunter2\nredis.uri=x://:hunter2@h");
    reader.option("agent options", "console.token", "env:hunter2");
    reader.environment(Map.of("LARDER_REDIS_PASSWRD", "hunter2"));
    reader.systemProperties(Map.of("larder.redis.passwrd", "hunter2"));
    assertThat(reader.faults()).hasSize(4);
    assertThat(reader.warnings()).hasSize(2);
    assertThat(reader.faults() + "" + reader.warnings()).doesNotContain("hunter2");
  }

  @Property(tries = 300)
  void everySource_anyText_throwsNothingAndKeepsSecrets(@ForAll("keys") List<String> keys) {
    SettingsReader any = new SettingsReader(CATALOGUE, Map.of());
    String secret = "redis:x//:hunter2@h";
    StringBuilder file = new StringBuilder();
    Map<String, String> variables = new HashMap<>();
    Map<String, String> properties = new HashMap<>();
    for (String key : keys) {
      file.append(key).append('=').append(secret).append('\n');
      any.option("agent options", key, secret);
      variables.put("LARDER_" + Catalogue.asVariable(key), secret);
      properties.put("larder." + key, secret);
    }
    any.file("f", file.toString());
    any.environment(variables);
    any.systemProperties(properties);
    assertThat(any.settings()).isNotNull();
    assertThat(any.faults() + "" + any.warnings()).doesNotContain("hunter2");
  }

  @Provide
  Arbitrary<List<String>> keys() {
    Arbitrary<String> unknown =
        Arbitraries.of("", ".", "a", "tt", "http.", "cache.", "cach", "_", "-", "é", "l1.", "\\u00")
            .list()
            .ofMaxSize(6)
            .map(parts -> String.join("", parts))
            .filter(key -> CATALOGUE.locate(key) == null);
    Arbitrary<String> secret =
        Arbitraries.of(
            "redis.password",
            "memcached.password",
            "seal.key",
            "console.token",
            "redis.uri",
            "memcached.servers",
            "dynamodb.endpoint",
            "console");
    return Arbitraries.oneOf(unknown, secret).list().ofMaxSize(6);
  }

  @Test
  void everySource_wrongValueOfAKnownKey_isAFaultThatNamesIt() {
    reader.file("f", "ttl=5x");
    reader.option("agent options", "idle", "5x");
    reader.environment(Map.of("LARDER_CACHE_A_WAIT", "5x"));
    reader.systemProperties(Map.of("larder.http.a.timeout", "5x"));
    assertThat(reader.faults())
        .extracting(Fault::source, Fault::line, Fault::key)
        .containsExactly(
            tuple("f", 1, "ttl"),
            tuple("agent options", 0, "idle"),
            tuple("environment variable", 0, "LARDER_CACHE_A_WAIT"),
            tuple("system property", 0, "larder.http.a.timeout"));
  }

  @Test
  void skip_faultyCachesAndRules_areLeftOut() {
    reader.file(
        "f",
        """
        on-config-error = skip
        cache.a.ttl = 5x
        cache.b.ttl = 5s
        cache.c.d.tll = 5s
        cache.c.d.idle = 5s
        http.r.etag = wek
        http.s.etag = off
        nonsense = 1
        """);
    reader.environment(Map.of("LARDER_CACHE_E_F_TTL", "x"));
    Settings settings = reader.settings();
    assertThat(reader.isRestSound()).isTrue();
    assertThat(settings.cacheNames()).containsExactly("b");
    assertThat(settings.ruleNames()).containsExactly("s");
    assertThat(settings.cache("b", CacheKeys.ENABLED)).isTrue();
    for (String left : List.of("a", "c.d", "e-f", "E.f")) {
      assertThat(settings.cache(left, CacheKeys.ENABLED)).as(left).isFalse();
    }
  }

  @Test
  void skip_faultThatConcernsAll_leavesNothingSound() {
    reader.file("f", "on-config-error=skip\nttl=5x");
    assertThat(reader.isRestSound()).isFalse();
  }

  @Test
  void catalogue_everyKeyOfTheContract_isKnown() {
    for (String key :
        words(
            """
        ttl idle jitter enabled backend max-entries max-bytes single-flight wait cache-exceptions \
        stale-on scope values entities codec codec-allow types compress-above l1.ttl l1.max-entries \
        timeout outage-ttl""")) {
      assertThat(CATALOGUE.locate(key)).as(key).isNotNull();
      assertThat(CATALOGUE.locate("cache.a." + key)).as(key).isNotNull();
    }
    for (String key :
        words(
            """
        key condition unless tags cache-null refresh-ahead stale-while-revalidate stale-if-error \
        batch methods except evict-on evict-key evict-tags evict-all evict-condition""")) {
      assertThat(CATALOGUE.locate("cache.a." + key)).as(key).isNotNull();
      assertThat(CATALOGUE.locate(key)).as(key).isNull();
    }
    for (String key :
        words(
            """
        prefix max-memory on-config-error extensions key-builder seal.key log log-level console \
        console.token mode verify redis.uri redis.cluster redis.username redis.password redis.ca \
        memcached.servers memcached.username memcached.password dynamodb.table dynamodb.endpoint \
        dynamodb.region dynamodb.create-table""")) {
      assertThat(CATALOGUE.locate(key)).as(key).isNotNull();
    }
    for (String key :
        words(
            """
        backend max-entries max-bytes jitter single-flight wait l1.ttl l1.max-entries timeout \
        compress-above enabled""")) {
      assertThat(CATALOGUE.locate("http.a." + key)).as(key).isNotNull();
    }
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" ", -1));
  }
}
