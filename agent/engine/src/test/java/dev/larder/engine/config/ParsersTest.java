/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "000, 0",
    "500ms, 500",
    "60s, 60000",
    "5m, 300000",
    "2h, 7200000",
    "1d, 86400000",
    "5 m, 300000",
    "PT1M30S, 90000",
    "PT0.25S, 250",
    "P1DT2H, 93600000",
    "forever, 9223372036854775807"
  })
  void duration_soundText_isMillis(String text, long millis) throws FaultyValue {
    assertThat(Parsers.duration().parse(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5x",
        "-5s",
        "5S",
        "1.5s",
        "s",
        "ms",
        "PT",
        "PT-5S",
        "5m30s",
        "٥s",
        "ever",
        "99999999999999999999s",
        "9223372036854775807d",
        "PT9223372036854775807S"
      })
  void duration_other_isFaulty(String text) {
    FaultyValue faulty = faultOf(Parsers.duration(), text);
    assertThat(faulty.problem()).contains("'" + text + "'");
    assertThat(faulty.allowed()).contains("500ms", "60s", "5m", "2h", "1d", "forever");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "512KB, 524288",
    "10MB, 10485760",
    "1GB, 1073741824",
    "3B, 3",
    "2 MB, 2097152"
  })
  void size_soundText_isBytes(String text, long bytes) throws FaultyValue {
    assertThat(Parsers.size().parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "1.5MB", "-1", "10mb", "10TB", "99999999999GB", "1 0"})
  void size_other_isFaulty(String text) {
    assertThat(faultOf(Parsers.size(), text).allowed()).contains("512KB", "10MB", "1GB");
  }

  @ParameterizedTest
  @CsvSource({"0%, 0", "5%, 0.05", "80%, 0.8", "100%, 1", "2.5%, 0.025"})
  void share_soundText_isPartOfOne(String text, double share) throws FaultyValue {
    assertThat(Parsers.share().parse(text)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "80", "0.8", "101%", "-1%", "1e1%", ".5%", "5.%", "NaN%"})
  void share_other_isFaulty(String text) {
    assertThat(faultOf(Parsers.share(), text).allowed()).contains("%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "1K", "99999999999999999999"})
  void count_other_isFaulty(String text) {
    assertThat(faultOf(Parsers.count(), text).allowed()).isEqualTo("a whole number from 1");
  }

  @Test
  void maxMemory_shareOrSize_boundsTheHeap() throws FaultyValue {
    assertThat(Parsers.maxMemory().parse("25%").of(1000)).isEqualTo(250);
    assertThat(Parsers.maxMemory().parse("1KB").of(1000)).isEqualTo(1024);
    assertThat(faultOf(Parsers.maxMemory(), "0%").problem()).contains("no room");
    assertThat(faultOf(Parsers.maxMemory(), "0").problem()).contains("no room");
    assertThat(faultOf(Parsers.maxMemory(), "much").allowed()).contains("10%", "MB");
  }

  @Test
  void ttl_templateOrDuration_isToldApart() throws FaultyValue {
    assertThat(Parsers.ttl().parse("{result.maxAge}s")).isEqualTo(new Ttl(0, "{result.maxAge}s"));
    assertThat(Parsers.ttl().parse("#result.ttl")).isEqualTo(new Ttl(0, "#result.ttl"));
    assertThat(Parsers.ttl().parse("60s")).isEqualTo(new Ttl(60_000, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "yes", "1", "on"})
  void bool_other_isFaulty(String text) {
    assertThat(faultOf(Parsers.bool(), text).allowed()).isEqualTo("true, false");
  }

  @Test
  void oneOf_anyConstant_isReadInLowerCase() throws FaultyValue {
    Parser<CacheKeys.SingleFlight> parser = Parsers.oneOf(CacheKeys.SingleFlight.class);
    assertThat(parser.parse("cluster")).isEqualTo(CacheKeys.SingleFlight.CLUSTER);
    assertThat(faultOf(parser, "Cluster").allowed()).isEqualTo("jvm, cluster, off");
  }

  @Test
  void wordOrClass_wordOrQualifiedName_isTaken() throws FaultyValue {
    Parser<String> parser = Parsers.wordOrClass("memory", "redis");
    assertThat(parser.parse("redis")).isEqualTo("redis");
    assertThat(parser.parse("com.acme.Store$Fast")).isEqualTo("com.acme.Store$Fast");
    for (String wrong :
        List.of("", "redsi", "com..acme", ".com", "com.", "com.acme.1st", "a b.c")) {
      assertThat(faultOf(parser, wrong).allowed()).contains("memory, redis");
    }
  }

  @Test
  void list_texts_areStripped() throws FaultyValue {
    assertThat(Parsers.list().parse("a.jar ,b.jar")).containsExactly("a.jar", "b.jar");
    assertThat(Parsers.list().parse("")).isEmpty();
    assertThat(faultOf(Parsers.list(), "a,,b").problem()).contains("comma");
  }

  @Test
  void patterns_faulty_sayWhereAndWhat() {
    FaultyValue methods = faultOf(Parsers.methodPatterns(), "com.acme.A.b(..");
    assertThat(methods.problem()).contains("'com.acme.A.b(..'", "character");
    assertThat(methods.allowed()).contains("com.acme..*Repository+.find*(..)");
    assertThat(faultOf(Parsers.classPatterns(), "a b").problem()).contains("character 2");
  }

  @Test
  void secret_valueVariableOrFile_isReadAndNeverPrinted(@TempDir Path directory)
      throws IOException, FaultyValue {
    Path file = Files.writeString(directory.resolve("secret"), "hunter2\n");
    assertThat(Parsers.secret().parse("file:" + file).value()).isEqualTo("hunter2");
    assertThat(Secrets.read("env:PASS", Map.of("PASS", "hunter2")).value()).isEqualTo("hunter2");
    assertThat(Parsers.secret().parse("hunter2").value()).isEqualTo("hunter2");
    assertThat(Parsers.secret().parse("hunter2")).hasToString("(secret)");
  }

  @Test
  void secrets_fromSeveralPlaces_areOneText(@TempDir Path directory)
      throws IOException, FaultyValue {
    Path file = Files.writeString(directory.resolve("secret"), "older, oldest\n");
    Secret secret = Secrets.readAll("env:NEW,old, file:" + file, Map.of("NEW", "new"));
    assertThat(secret.value()).isEqualTo("new,old,older, oldest");
    assertThat(Secrets.readAll(",", Map.of()).value()).isEqualTo(",");
    assertThat(faultOf(Parsers.secrets(), "hunter2, env:HUNTER2_IS_NOT_SET").getMessage())
        .doesNotContainIgnoringCase("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "env:HUNTER2_IS_NOT_SET", "file:/hunter2/is/nowhere"})
  void secret_missing_isFaultyWithoutItsText(String text) {
    FaultyValue faulty = faultOf(Parsers.secret(), text);
    assertThat(faulty.getMessage()).doesNotContainIgnoringCase("hunter2");
    assertThat(faulty.allowed()).contains("env:NAME", "file:PATH");
  }

  @Test
  void redisUris_several_areKeptAndNotPrinted() throws FaultyValue {
    Addresses addresses =
        Parsers.redisUris().parse("redis://:hunter2@a:1, rediss://b, redis-socket:///tmp/s");
    assertThat(addresses.uris()).hasSize(3).first().isEqualTo("redis://:hunter2@a:1");
    assertThat(addresses.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://a",
        "redis://a_b.c:65535/15?timeout=5s",
        "rediss://:p%2Fw@[::1]:6379/0",
        "redis://user:p:w@a",
        "redis://[fe80::1]/",
        "redis-sentinel://a, b:26380/1#m",
        "redis-sentinel://:x@a?sentinelMasterId=m",
        "redis-socket:///tmp/s?database=1",
        "redis-socket:///tmp/s@1"
      })
  void redisUris_asTheClientTakesThem_areSound(String uri) throws FaultyValue {
    assertThat(Parsers.redisUris().parse(uri).uris()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://a:port",
        "redis://a:65536",
        "redis://a:-1",
        "redis://a:",
        "redis://a:1:2",
        "redis://a b",
        "redis://[::1",
        "redis://::1",
        "redis://a/one",
        "redis://hunter2@a:x",
        "redis://hunter2#more@a",
        "redis://:hunter2?more@a:1",
        "rediss://:1/hunter2@a",
        "redis://u:hunter2@b#more@a",
        "redis-sentinel://u:hunter2#more@a:1#m",
        "redis-sentinel://a:1",
        "redis-sentinel://a:1#",
        "redis-sentinel://a,,b#m",
        "redis-sentinel://a:x#m"
      })
  void redisUris_wrongBehindTheScheme_areFaults(String uri) {
    assertThat(faultOf(Parsers.redisUris(), uri).problem())
        .contains("is no address of Redis")
        .doesNotContain("hunter2");
  }

  @Test
  void redisUris_commas_belongToSentinelsAndPasswords() throws FaultyValue {
    assertThat(
            Parsers.redisUris()
                .parse("redis-sentinel://a:1,b:2/0#m, redis://:x,y@c ,redis://d")
                .uris())
        .containsExactly("redis-sentinel://a:1,b:2/0#m", "redis://:x,y@c", "redis://d");
    for (String wrong : List.of("", "redis://", "redis://:6379", "redis://a:1,b:2", "redis://a,")) {
      assertThat(faultOf(Parsers.redisUris(), wrong).allowed()).contains("redis-sentinel://");
    }
  }

  @Test
  void servers_anyHosts_areTaken() throws FaultyValue {
    assertThat(Parsers.servers().parse("a:1, [::1]:11211")).containsExactly("a:1", "[::1]:11211");
    for (String wrong : List.of("", "a", "a:", ":1", "::1:11211", "a:65536", "a b:1", "h:1/x")) {
      assertThat(faultOf(Parsers.servers(), wrong).allowed()).contains("HOST:PORT");
    }
  }

  static List<String> urisWithAPassword() {
    return List.of(
        "http://user:hunter2@host:6379",
        "user:hunter2@host",
        "redis:/user:hunter2@host",
        "redis://ok, htp://:hunter2@host",
        "tcp://:hunter2,with,commas@host",
        "tcp://user:hunter2",
        "tcp://host?password=hunter2",
        "tcp://user%3Ahunter2%40host");
  }

  @ParameterizedTest
  @MethodSource("urisWithAPassword")
  void addresses_faultyWithAPassword_areNotShown(String text) {
    for (Parser<?> parser :
        List.of(Parsers.redisUris(), Parsers.httpUri(), Parsers.servers(), Parsers.server())) {
      assertThat(faultOf(parser, text).getMessage()).doesNotContain("hunter2");
    }
  }

  @Test
  void addresses_faultyWithoutAPassword_areShown() {
    assertThat(faultOf(Parsers.redisUris(), "http://localhost:6379").problem())
        .contains("'http://localhost:6379'");
    assertThat(faultOf(Parsers.servers(), "a:1,b").problem()).contains("'b'");
    assertThat(faultOf(Parsers.server(), "127.0.0.1:99999").problem()).contains("99999");
    assertThat(faultOf(Parsers.httpUri(), "localhost:8000").problem()).contains("localhost");
  }

  @Test
  void serverOr_word_isNull() throws FaultyValue {
    Parser<String> parser = Parsers.serverOr("none", "off");
    assertThat(parser.parse("[::1]:9437")).isEqualTo("[::1]:9437");
    assertThat(parser.parse("none")).isNull();
    assertThat(parser.parse("off")).isNull();
    assertThat(faultOf(parser, "on").allowed()).startsWith("none, off, or HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "my shop", "größe", "a/b#c"})
  void prefix_withoutColonsAndControlCharacters_isTaken(String text) throws FaultyValue {
    assertThat(Parsers.prefix().parse(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", ":", "a\tb", "a\u0000", "a\u007f", "a\u0085b"})
  void prefix_other_isFaulty(String text) {
    assertThat(faultOf(Parsers.prefix(), text).allowed()).contains("colons", "control characters");
  }

  @Test
  void shown_longTextOrLineEnds_staysInOneShortLine() {
    assertThat(Parsers.shown("a\nb")).isEqualTo("'a?b'");
    assertThat(Parsers.shown("x".repeat(500))).hasSizeLessThan(130).endsWith("...'");
  }

  private static FaultyValue faultOf(Parser<?> parser, String text) {
    FaultyValue faulty = catchThrowableOfType(FaultyValue.class, () -> parser.parse(text));
    assertThat(faulty).as("fault of '%s'", text).isNotNull();
    return faulty;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key|{id",
        "key|id}",
        "key|{}",
        "key|{a.b()}",
        "condition|id >",
        "condition|(id",
        "unless|a = b",
        "tags|a, b{c",
        "evict-key|{'x}",
        "evict-tags|{a b}",
        "evict-condition|&& a",
        "ttl|{result.age"
      })
  void templateOrExpression_wrongWhateverItNames_isFaulty(String key, String text) {
    assertThatThrownBy(() -> parserOf(key).parse(text))
        .isInstanceOf(FaultyValue.class)
        .hasMessageContaining("(at position ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key|{id}-{product.name}{{x}}",
        "key|#id",
        "key|{a + b * 2 == 3 && !c}",
        "key|all",
        "condition|id > 1 && name != 'x' || p0 == null",
        "unless|result.draft",
        "tags|a:{id}, b",
        "evict-key|{p0.id}",
        "evict-tags|#a, {b}",
        "evict-condition|#result == true",
        "ttl|{result.maxAge}s"
      })
  void templateOrExpression_thatSomeMethodMayHave_isTaken(String key, String text)
      throws FaultyValue {
    assertThat(parserOf(key).parse(text)).isNotNull();
    assertThat(key.equals("ttl") ? null : parserOf(key).parse("")).isNull();
  }

  private static Parser<?> parserOf(String key) {
    return CacheKeys.all().stream()
        .filter(each -> each.name().equals(key))
        .findFirst()
        .orElseThrow()
        .parser();
  }
}
