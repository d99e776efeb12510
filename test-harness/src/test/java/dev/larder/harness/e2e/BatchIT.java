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
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Methods with {@code batch}: each element of the argument is an entry of its own. */
@ExtendWith(Servers.class)
class BatchIT {

  private final RedisServer redis;

  BatchIT(RedisServer redis) {
    this.redis = redis;
  }

  @OnEachJdk
  void batch_inMemory_runsTheBodyForWhatIsNotCached(Jdk jdk) {
    App app =
        App.named("batch")
            .file(
                "larder.properties",
                """
                cache.numbers.methods = Main.byFile(..)
                cache.numbers.batch = true
                """)
            .agent();
    try (Talking main = Talking.to(app, jdk)) {
      assertThat(main.ask("map 2,1")).isEqualTo("2.50 1.50");
      assertThat(main.ask("last")).isEqualTo("[2, 1]");
      assertThat(main.ask("map 3,1,100,2")).isEqualTo("3.50 1.50 2.50");
      assertThat(main.ask("last")).isEqualTo("[3, 100]");
      assertThat(main.ask("map 100,1")).isEqualTo("1.50");
      assertThat(main.ask("last")).as("that 100 has no price is known").isEqualTo("-");
      assertThat(main.ask("stats map")).isEqualTo("1 2 0 4");

      main.ask("save 1");
      assertThat(main.ask("evict 2")).isEqualTo("1");
      assertThat(main.ask("map 1,2,3")).isEqualTo("1.50 2.50 3.50");
      assertThat(main.ask("last")).isEqualTo("[1, 2]");

      assertThat(main.ask("list 1,2,3")).isEqualTo("1.50 2.50 3.50");
      main.ask("last");
      assertThat(main.ask("one 2")).isEqualTo("2.50");
      assertThat(main.ask("last")).as("the list has filled it").isEqualTo("-");
      assertThat(main.ask("list 3,2")).isEqualTo("3.50 2.50");
      assertThat(main.ask("last")).as("unless is about the element").isEqualTo("[3]");

      assertThat(main.ask("file 1,2")).isEqualTo("[n1, n2]");
      assertThat(main.ask("file 2,3,1")).isEqualTo("[n2, n3, n1]");
      assertThat(main.ask("last")).isEqualTo("[3]");

      assertThat(main.ask("found 1,100")).isEqualTo("[1]");
      assertThat(main.ask("found 1,100")).isEqualTo("[1]");
      assertThat(main.ask("faulty")).isEqualTo("[1, 2]");
      main.ask("last");
      assertThat(main.ask("faulty")).isEqualTo("[1, 2]");
      assertThat(main.ask("last")).isEqualTo("1..2");
      assertThat(main.err()).as("warnings").hasSize(3);
      assertThat(main.err()).filteredOn(line -> line.contains("Main.found")).hasSize(1);
      assertThat(main.err())
          .filteredOn(line -> line.contains("Main.faulty"))
          .singleElement()
          .asString()
          .contains("batch = true");
    }
  }

  @OnEachJdk
  void batch_inRedis_isSharedByElement(Jdk jdk) {
    String options =
        "backend=redis;timeout=2s;prefix=batch" + jdk.feature() + ";redis.uri=" + redis.uri();
    try (Talking one = Talking.to(App.named("batch").agent(options), jdk);
        Talking other = Talking.to(App.named("batch").agent(options), jdk)) {
      for (Talking each : List.of(one, other)) {
        await()
            .atMost(30, SECONDS)
            .untilAsserted(
                () -> {
                  each.ask("map 50");
                  each.ask("last");
                  each.ask("map 50");
                  assertThat(each.ask("last")).isEqualTo("-");
                });
      }
      assertThat(one.ask("map 1,2")).isEqualTo("1.50 2.50");
      assertThat(other.ask("map 3,2,1,100")).isEqualTo("3.50 2.50 1.50");
      assertThat(other.ask("last")).isEqualTo("[3, 100]");
      assertThat(one.ask("map 100,3")).isEqualTo("3.50");
      assertThat(one.ask("last")).as("what it was given for the call before").isEqualTo("[1, 2]");
      assertThat(one.ask("evict 2")).isEqualTo("1");
      assertThat(other.ask("map 1,2")).isEqualTo("1.50 2.50");
      assertThat(other.ask("last")).isEqualTo("[2]");
    }
  }
}
