/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Classes, traits and texts as Groovy's own compiler makes them, each of which knows its class. */
@ExtendWith(Servers.class)
class GroovyIT {

  private static final String SOURCE =
      Path.of("src", "test", "apps", "groovy", "Shop.groovy").toAbsolutePath().toString();

  private final RedisServer redis;

  GroovyIT(RedisServer redis) {
    this.redis = redis;
  }

  @OnEachJdk
  void whatIsWrittenInGroovy_isCachedAsInJava(Jdk jdk) throws IOException, InterruptedException {
    Run run =
        App.named("groovy")
            .libraries("groovy")
            .argument(SOURCE)
            .agent()
            .run(jdk)
            .ok()
            .onlyStartLine();

    assertThat(run.line("money="))
        .as("a copy for each caller, with the class's own meta class")
        .isEqualTo("com.acme.Money(2.50, []) true");
    assertThat(run.line("greeting=")).isEqualTo("hello ann, 2 hello ann, 2 true");
    assertThat(run.line("defaults="))
        .as("a default is asked for at each call, as in Kotlin and Scala")
        .isEqualTo("false true");
    assertThat(run.line("priced=")).as("counted once").isEqualTo("true 1");
    assertThat(run.line("whole=")).isEqualTo("true");
    assertThat(run.line("named=")).as("not the meta class before it").isEqualTo("of its own 1");
  }

  /** Whose meta class is no part of what is written, and there again when somebody asks. */
  @Test
  void objects_inRedis_areAsTheyWere() throws IOException, InterruptedException {
    Run run =
        App.named("groovy")
            .libraries("groovy")
            .argument(SOURCE)
            .agent("backend=redis;timeout=2s;prefix=groovy;redis.uri=" + redis.uri())
            .run(Jdk.all().findFirst().orElseThrow())
            .ok();

    assertThat(run.line("money=")).isEqualTo("com.acme.Money(2.50, []) true");
    assertThat(run.larder()).noneMatch(line -> line.contains("Money"));
  }
}
