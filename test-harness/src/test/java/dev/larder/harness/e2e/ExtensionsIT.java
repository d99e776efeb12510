/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A backend, a codec and a key builder of others, in a jar of their own that is compiled against
 * {@code larder-spi} and nothing else: those of {@code docs/extending.md}, and some that fail.
 */
@ExtendWith(Servers.class)
class ExtensionsIT {

  private static final Path EXAMPLES = Path.of("src", "test", "java", "com", "acme");
  private static final Path FAILING = Path.of("src", "test", "extensions", "com", "acme");

  private static Path jar;

  private final RedisServer redis;

  ExtensionsIT(RedisServer redis) {
    this.redis = redis;
  }

  @BeforeAll
  static void compile() throws IOException {
    Path classes = App.fresh("extensions-classes");
    List<String> command =
        new ArrayList<>(
            List.of(
                "-d", classes.toString(), "--release", "17", "-cp", Artifacts.spi().toString()));
    for (String name : List.of("AcmeBackend", "AcmeCodec", "AcmeKeys")) {
      command.add(EXAMPLES.resolve(name + ".java").toString());
    }
    try (Stream<Path> sources = Files.list(FAILING)) {
      sources.forEach(source -> command.add(source.toString()));
    }
    int result =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(new String[0]));
    assertThat(result).as("compilation of the extensions").isZero();
    jar = App.pack(classes);
  }

  private App app(String file) throws IOException {
    App app = App.named("extensions").sources("talking");
    Files.copy(jar, app.directory().resolve("acme.jar"));
    return app.file("larder.properties", file).agent();
  }

  private static void awaitHit(Talking app, String method, String cache) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () -> {
              app.ask("call " + method);
              assertThat(app.ask("hits " + cache)).as("hits; err: %s", app.err()).isNotEqualTo("0");
            });
  }

  @OnEachJdk
  void extensions_thatTheFileNames_areUsed(Jdk jdk) throws IOException {
    String prefix = "extensions-" + jdk.toString().replace(' ', '-');
    App app =
        app(
            """
            extensions = acme.jar
            backend = redis
            redis.uri = %s
            prefix = %s
            timeout = 2s
            key-builder = com.acme.AcmeKeys
            cache.prices.codec = com.acme.AcmeCodec
            cache.texts.codec = com.acme.AcmeCodec
            cache.kept.backend = com.acme.AcmeBackend
            acme.region = eu
            acme.regoin = us
            """
                .formatted(redis.uri(), prefix));
    try (Talking talking = Talking.to(app, jdk)) {
      awaitHit(talking, "price", "prices");
      assertThat(talking.ask("call price")).isEqualTo(talking.ask("call price")).contains("item 1");
      byte[] stored = (byte[]) redis.command("GET", keyOf(prefix, "prices"));
      assertThat(new String(stored, StandardCharsets.ISO_8859_1)).contains("acme1");
      assertThat(talking.ask("evict prices")).isEqualTo("1");

      assertThat(talking.ask("call text")).isNotEqualTo(talking.ask("call text"));

      awaitHit(talking, "kept", "kept");
      String kept = talking.ask("call kept");
      assertThat(talking.ask("clear kept")).as("as no memory says").isEqualTo("-1");
      assertThat(talking.ask("call kept")).isNotEqualTo(kept);
      assertThat(talking.err())
          .filteredOn(line -> !line.contains("WARN backend redis is ")) // of a busy machine
          .anyMatch(
              line -> line.contains("Main.text") && line.contains("Acme's codec writes records"))
          .anyMatch(
              line ->
                  line.contains("acme.regoin is not read")
                      && line.contains("com.acme.AcmeBackend knows acme.region"))
          .as("the start, and these two")
          .hasSize(3);
    }
  }

  private String keyOf(String prefix, String cache) {
    List<?> keys = (List<?>) redis.command("KEYS", prefix + ":acme/" + cache + "/*");
    assertThat(keys).as("keys that the builder wrote").hasSize(1);
    return new String((byte[]) keys.get(0), StandardCharsets.UTF_8);
  }

  /** What each cache names, and what is said of it: the value, the cause and the remedy. */
  private enum Wrong {
    noSuchBackend("backend = com.acme.NoSuch", "there is no such class", "extensions"),
    codecAsBackend("backend = com.acme.AcmeCodec", "cannot be made", "dev.larder.spi.Backend"),
    throwingBackend("backend = com.acme.ThrowingBackend", "Acme's licence has run out"),
    noSettings("backend = com.acme.NoSettingsBackend", "settings() gave null", "an empty set"),
    throwingSettings("backend = com.acme.ThrowingSettingsBackend", "Acme has lost the list"),
    noCapabilities("backend = com.acme.NoCapabilitiesBackend", "gave null", "an empty set"),
    noSuchCodec("codec = com.acme.NoSuch", "there is no such class", "extensions"),
    backendAsCodec("codec = com.acme.AcmeBackend", "cannot be made", "dev.larder.spi.Codec"),
    throwingCodec("codec = com.acme.ThrowingCodec", "forty-two"),
    unfitCodec("codec = com.acme.UnfitCodec", "its name is 'Acme's codec, in", "32 printable");

    private final String setting;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> said;

    Wrong(String setting, String... said) {
      this.setting = setting;
      this.said = List.of(said);
    }
  }

  @Test
  void extensions_thatAreWrong_areReportedAndTheApplicationRuns() throws IOException {
    StringBuilder file =
        new StringBuilder(
            """
            extensions = acme.jar
            backend = com.acme.AcmeBackend
            acme.region = eu
            cache.failingBackend.backend = com.acme.FailingBackend
            cache.failingCodec.codec = com.acme.FailingCodec
            """);
    for (Wrong each : Wrong.values()) {
      file.append("cache.").append(each).append('.').append(each.setting).append('\n');
    }
    App app = app(file.toString());
    try (Talking talking = Talking.to(app, Jdk.all().findFirst().orElseThrow())) {
      awaitHit(talking, "kept", "kept");
      for (Wrong each : Wrong.values()) {
        assertThat(talking.ask("call " + each)).isNotEqualTo(talking.ask("call " + each));
        await()
            .atMost(10, SECONDS)
            .untilAsserted(
                () ->
                    assertThat(talking.err())
                        .as("what is said of %s", each)
                        .filteredOn(line -> line.contains(each.setting))
                        .singleElement()
                        .asString()
                        .contains(each.said));
      }
      assertThat(talking.err()).noneMatch(line -> line.startsWith("\tat "));
      assertThat(talking.ask("call failingCodec")).isNotEqualTo(talking.ask("call failingCodec"));
      assertThat(talking.err())
          .filteredOn(line -> line.contains("Main.failingCodec"))
          .singleElement()
          .asString()
          .contains("com.acme.FailingCodec", "AssertionError", "Acme did not think of");
      for (int i = 0; i < 40; i++) {
        assertThat(talking.ask("call failingBackend"))
            .isNotEqualTo(talking.ask("call failingBackend"));
      }
      assertThat(talking.ask("evict failingBackend")).isIn("0", "-1");
      assertThat(talking.err())
          .anyMatch(
              line ->
                  line.contains("com.acme.FailingBackend")
                      && line.contains("is out")
                      && line.contains("AssertionError"));
      assertThat(talking.ask("call kept")).isEqualTo(talking.ask("call kept"));
    }
    assertThat(Files.readAllLines(app.directory().resolve("stderr.txt")))
        .as("of a backend that fails as it is closed")
        .noneMatch(line -> line.contains("Exception in thread"))
        .anyMatch(line -> line.contains("could not be closed: java.lang.AssertionError: nor of"));
  }

  @Test
  void keyBuilder_inAJarThatIsNotThere_isReportedAndTheApplicationRuns() throws IOException {
    App app =
        app(
            """
            extensions = other.jar
            key-builder = com.acme.AcmeKeys
            backend = redis
            redis.uri = %s
            prefix = no-builder
            """
                .formatted(redis.uri()));
    try (Talking talking = Talking.to(app, Jdk.all().findFirst().orElseThrow())) {
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () -> {
                assertThat(talking.ask("call price")).isNotEqualTo(talking.ask("call price"));
                assertThat(talking.err())
                    .anyMatch(
                        line ->
                            line.contains("key-builder = com.acme.AcmeKeys: there is no such class")
                                && line.contains("extensions names other.jar")
                                && line.contains("no such file"));
              });
      assertThat(redis.command("KEYS", "no-builder:acme*").toString()).isEqualTo("[]");
    }
  }
}
