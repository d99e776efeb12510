/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Fault;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.ops.config.Configuration.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  private Configuration load(String options) {
    return new ConfigurationLoader(directory.toFile(), environment, properties, List::of)
        .load(options);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static long ttl(Configuration configuration) {
    return configuration.settings().global(CacheKeys.TTL).millis();
  }

  @Test
  void load_nothingAnywhere_asksForNoKeys() {
    Configuration configuration =
        new ConfigurationLoader(
                directory.toFile(),
                Map.of("PATH", "x"),
                System.getProperties(),
                () -> {
                  throw new AssertionError("the keys were asked for");
                })
            .load(null);
    assertThat(configuration.outcome()).isEqualTo(Outcome.CACHE);
    assertThat(configuration.file()).isNull();
    assertThat(FaultReport.atStart(configuration)).isEmpty();
  }

  @Test
  void isSilent_anySourceThatSaysSomething_isNot() throws IOException {
    environment.put("PATH", "x");
    properties.put("java.io.tmpdir", "x");
    assertThat(isSilent(null)).isTrue();
    assertThat(isSilent(" ")).isTrue();
    assertThat(isSilent("ttl=1s")).isFalse();
    environment.put("LARDER_TTL", "1s");
    assertThat(isSilent(null)).isFalse();
    environment.remove("LARDER_TTL");
    properties.put("larder.ttl", "1s");
    assertThat(isSilent(null)).isFalse();
    properties.remove("larder.ttl");
    assertThat(isSilent(null)).isTrue();
    write("larder.properties", "");
    assertThat(isSilent(null)).isFalse();
  }

  private boolean isSilent(String options) {
    return ConfigurationLoader.isSilent(directory.toFile(), options, environment, properties);
  }

  @Test
  void load_fileNames_areTriedInTheContractsOrder() throws IOException {
    write("options.properties", "ttl=1s");
    write("variable.properties", "ttl=2s");
    write("larder.properties", "ttl=3s");
    environment.put("LARDER_CONFIG", "variable.properties");
    assertThat(ttl(load("options.properties"))).isEqualTo(1_000);
    assertThat(ttl(load("idle=1s;config=options.properties"))).isEqualTo(1_000);
    assertThat(ttl(load(null))).isEqualTo(2_000);
    assertThat(ttl(load("idle=1s"))).isEqualTo(2_000);
    environment.put("LARDER_CONFIG", "");
    assertThat(ttl(load(""))).isEqualTo(3_000);
    assertThat(load("").file()).isEqualTo(new File(directory.toFile(), "larder.properties"));
    assertThat(ttl(load("ttl=4s;"))).isEqualTo(4_000);
  }

  @Test
  void load_optionsWithEquals_splitAtTheFirst() {
    Configuration configuration = load("cache.a.key={a == b}; prefix = shop");
    assertThat(configuration.settings().cache("a", CacheKeys.KEY)).isEqualTo("{a == b}");
    assertThat(configuration.settings().global(GlobalKeys.PREFIX)).isEqualTo("shop");
    assertThat(configuration.faults()).isEmpty();
  }

  @Test
  void load_restOfASecretInOptions_isNotShown() {
    Configuration configuration = load("redis.password=abc;hunter2");
    assertThat(configuration.faults()).hasSize(1);
    assertThat(FaultReport.atStart(configuration)).contains("option 2").doesNotContain("hunter2");
  }

  @Test
  void load_namedFileThatIsMissing_isAFault() {
    environment.put("LARDER_CONFIG", "nowhere.properties");
    Configuration configuration = load(null);
    assertThat(configuration.outcome()).isEqualTo(Outcome.UNCACHED);
    assertThat(FaultReport.atStart(configuration))
        .startsWith("Larder: 1 fault in the configuration\n  1. nowhere.properties\n")
        .contains("does not exist", "LARDER_CONFIG");
    assertThat(load("gone.properties").faults()).hasSize(1);
    assertThat(load("config=gone.properties;ttl=1s").faults()).hasSize(1);
    assertThat(load("config=").faults()).isNotEmpty();
  }

  @Test
  void load_directoryInPlaceOfAFile_isAFaultOnlyWhereNamed() throws IOException {
    Files.createDirectory(directory.resolve("larder.properties"));
    assertThat(load(null).faults()).isEmpty();
    assertThat(load("larder.properties").faults().get(0).problem()).contains("cannot be read");
  }

  @Test
  void load_utf8_isReadAndOtherBytesAreAFaultWithTheirLine() throws IOException {
    write("larder.properties", "\uFEFFcache.größe.ttl=1s\n");
    assertThat(load(null).settings().cacheNames()).containsExactly("größe");
    Files.write(
        directory.resolve("larder.properties"),
        "ttl=1s\r\n\rcache.größe.ttl=1s\n".getBytes(StandardCharsets.ISO_8859_1));
    Fault fault = load(null).faults().get(0);
    assertThat(fault.line()).isEqualTo(3);
    assertThat(fault.problem()).contains("UTF-8");
  }

  @Test
  void outcome_ofAFault_isWhatTheHighestSourceAsksFor() throws IOException {
    write("larder.properties", "cache.a.ttl=5x\ncache.b.ttl=5s");
    assertThat(load(null).outcome()).isEqualTo(Outcome.UNCACHED);
    assertThat(load("on-config-error=exit").outcome()).isEqualTo(Outcome.EXIT);
    environment.put("LARDER_ON_CONFIG_ERROR", "skip");
    Configuration skipped = load("on-config-error=exit");
    assertThat(skipped.outcome()).isEqualTo(Outcome.CACHE);
    assertThat(skipped.settings().cacheNames()).containsExactly("b");
    properties.put("larder.ttl", "5x");
    assertThat(load(null).outcome()).isEqualTo(Outcome.UNCACHED);
    assertThat(FaultReport.atStart(load(null))).contains("2 faults", "concerns all");
  }

  @Test
  void report_tenFaults_hasTenEntriesWithLineValueAndRemedy() throws IOException {
    write(
        "larder.properties",
        """
        # ten faults
        backend = redsi
        ttl = 5x
        max-entries = many
        redis.uri = http://user:hunter2@localhost
        prefix = a:b
        cache.products.tll = hunter2
        cache.products.methods = com.acme.Repo.find(
        cache.products.cache-null = yes
        jitter = 5
        seal.key = env:HUNTER2
        """);
    Configuration configuration = load(null);
    assertThat(configuration.faults()).hasSize(10);
    String report = FaultReport.atStart(configuration);
    assertThat(report)
        .isEqualTo(
            """
            Larder: 10 faults in the configuration
              1. larder.properties, line 2: backend
                 'redsi' is none of what is allowed
                 allowed: memory, redis, memcached, dynamodb, or the name of a class with its package
              2. larder.properties, line 3: ttl
                 '5x' is no duration
                 allowed: a duration such as 500ms, 60s, 5m, 2h, 1d, PT1M30S, forever or 0
              3. larder.properties, line 4: max-entries
                 'many' is no such number
                 allowed: a whole number from 1
              4. larder.properties, line 5: redis.uri
                 the value is no address of Redis
                 allowed: redis://HOST:PORT, rediss://HOST:PORT, redis-sentinel://HOST:PORT#NAME or \
            redis-socket://PATH; several by commas; a password with / ? or # in it stands in \
            redis.password
              5. larder.properties, line 6: prefix
                 'a:b' is no prefix
                 allowed: a text without colons and control characters
              6. larder.properties, line 7: cache.products.tll
                 there is no such key
                 nearest valid key: cache.products.ttl
              7. larder.properties, line 8: cache.products.methods
                 'com.acme.Repo.find(': the parameters end without ')' at character 19
                 allowed: method patterns such as com.acme..*Repository+.find*(..)
              8. larder.properties, line 9: cache.products.cache-null
                 'yes' is neither true nor false
                 allowed: true, false
              9. larder.properties, line 10: jitter
                 '5' is no share
                 allowed: a share from 0% to 100%, such as 80%
              10. larder.properties, line 11: seal.key
                 the environment variable that env: names is not set
                 allowed: the secret itself, env:NAME or file:PATH
            The application starts uncached (on-config-error = uncached).
            """);
  }

  @Test
  void report_keyWithLineEndsOrTooLong_staysInItsLine() throws IOException {
    write("larder.properties", "a\\nb = 1\n" + "c".repeat(5_000));
    assertThat(FaultReport.atStart(load(null)))
        .contains("line 1: a?b\n", "c...\n")
        .hasSizeLessThan(1_000);
  }

  @Test
  void report_otherSources_areNamedInPlaceOfFileAndLine() {
    environment.put("LARDER_TTL", "5x");
    environment.put("LARDER_TLL", "5s");
    properties.put("larder.cache.a.idle", "5x");
    Configuration configuration = load("on-config-error=exit;wait=5x");
    assertThat(FaultReport.atStart(configuration))
        .contains(
            "  1. agent options wait\n",
            "  2. environment variable LARDER_TTL\n",
            "  3. system property larder.cache.a.idle\n")
        .endsWith("The application does not start (on-config-error = exit).\n");
    assertThat(configuration.warnings())
        .singleElement()
        .extracting(FaultReport::line)
        .isEqualTo(
            "environment variable LARDER_TLL: ends in no known key and is ignored;"
                + " nearest valid key: LARDER_TTL");
  }
}
