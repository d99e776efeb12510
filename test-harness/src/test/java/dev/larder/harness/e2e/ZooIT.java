/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Values of every kind, in memory and in Redis, whichever Jackson the application has: the classes
 * of the engine's {@code JacksonsTest}, as methods of an application give them.
 */
@ExtendWith(Servers.class)
class ZooIT {

  /** Where the engine's tests have their sources, and the Jacksons that applications may have. */
  private static final String SOURCES = "../../../../agent/engine/src/test/zoo";

  private static final Path LIBRARIES = Path.of("..", "agent", "engine", "target", "libraries");

  private static final String FILE =
      """
      cache.zoo.methods = com.acme.zoo.Annotated.*(), com.acme.zoo.ByDatabind.*(), \\
        com.acme.zoo.Pages.*(), com.acme.zoo.Values.*(), com.acme.zoo.Serials.*(), \\
        com.acme.zoo.Main$Ready.now()
      """;

  private static final String ANNOTATED = "Annotated,ByDatabind,Pages";

  private final RedisServer redis;

  ZooIT(RedisServer redis) {
    this.redis = redis;
  }

  private static List<Path> jars(String folder) {
    try (Stream<Path> jars = Files.list(LIBRARIES.resolve(folder))) {
      return jars.sorted().map(Path::toAbsolutePath).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiled against a Jackson, and run without any. */
  private static App app(String jackson) {
    return App.named("zoo")
        .sources(SOURCES)
        .library(jars("spring-data").toArray(Path[]::new))
        .compiledWith(jars(jackson).toArray(Path[]::new))
        .mainClass("com.acme.zoo.Main");
  }

  /** Of 3 databind has other names. */
  private static App appOfJackson3() {
    return app("jackson-3").written("com.fasterxml.jackson.databind.", "tools.jackson.databind.");
  }

  private String inRedis(String prefix) {
    return FILE
        + "backend = redis\ntimeout = 2s\nredis.uri = "
        + redis.uri()
        + "\nprefix = "
        + prefix
        + "\n";
  }

  /**
   * Some of the classes beside a Jackson, as one application has them.
   *
   * @param jackson the folder with its jars; null for none
   */
  private static App group(App app, App compiled, String jackson, String classes) {
    List<Path> path = new ArrayList<>(List.of(compiled.compiled()));
    path.addAll(jars("spring-data"));
    if (jackson != null) {
      path.addAll(jars(jackson));
    }
    String text = path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return app.argument(jackson == null ? "none" : jackson, text, classes);
  }

  /** Asserts how each method was answered: some by the body again, all others by the cache. */
  private static void assertAnswers(Run run, Predicate<String> isRefused) {
    assertThat(run.line("errors=")).isEqualTo("0");
    List<String> answers = run.out().stream().filter(line -> line.contains(".")).toList();
    assertThat(answers).as("answers; err: %s", run.err()).hasSizeGreaterThan(5);
    assertThat(answers)
        .allSatisfy(line -> assertThat(line).endsWith(isRefused.test(line) ? "=miss" : "=hit"));
  }

  @OnEachJdk
  void value_inRedis_isAsItWasOrUncached(Jdk jdk) {
    App app = app("jackson-2.9").file("larder.properties", inRedis("zoo-" + named(jdk)));
    for (String jackson : List.of("jackson-2.9", "jackson-2.15", "jackson-2")) {
      group(app, app, jackson, ANNOTATED);
    }
    group(app, appOfJackson3(), "jackson-3", ANNOTATED);
    group(app, app, null, "Annotated,Pages,Values"); // the JVM drops what the annotations said

    assertAnswers(
        app.agent().run(jdk).ok(),
        line ->
            line.contains(".never")
                || line.contains(line.startsWith("none ") ? ".circle" : ".refused"));
  }

  @OnEachJdk
  void value_byJavasSerialization_isAsItWasOrUncached(Jdk jdk) {
    String codec =
        """
        cache.zoo.codec = java
        cache.zoo.codec-allow = com.acme.zoo.Serials$Money, com.acme.zoo.Serials$Box, \\
          com.acme.zoo.Serials$Status
        """;
    App app =
        app("jackson-2.9").file("larder.properties", inRedis("zoo-java-" + named(jdk)) + codec);

    assertAnswers(
        group(app, app, null, "Serials").agent().run(jdk).ok(), line -> line.contains(".refused"));
  }

  @Test
  void value_inMemory_isAsItWas() {
    App app = app("jackson-2.9").file("larder.properties", FILE);

    assertAnswers(
        group(app, app, "jackson-2", ANNOTATED + ",Values,Serials")
            .agent()
            .run(Jdk.all().findFirst().orElseThrow())
            .ok(),
        line -> false);
  }

  private static String named(Jdk jdk) {
    return jdk.toString().replace(' ', '-');
  }
}
