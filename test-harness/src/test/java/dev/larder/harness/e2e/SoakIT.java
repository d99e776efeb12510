/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A web application that is deployed again and again in one JVM, while Redis comes and goes: after
 * it the JVM is as it was.
 *
 * <p>{@code test-harness/soak.sh} runs it for an hour.
 */
@ExtendWith(Servers.class)
class SoakIT {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  private static final Duration LASTING =
      Duration.ofSeconds(Integer.getInteger("larder.soak.seconds", 110));

  /** How often, so that the machine is left to others for most of the time. */
  private static final Duration CYCLE = Duration.ofMillis(1_500);

  private static final int FAULT_EVERY = 10;

  private static final String FILE =
      """
      prefix = soak
      max-memory = 8MB
      cache.redis.near.backend = redis
      cache.redis.near.ttl = 1s
      cache.redis.near.l1.ttl = 300ms
      cache.redis.java.backend = redis
      cache.redis.java.codec = java
      cache.redis.java.codec-allow = com.acme.soak.shop..*
      cache.redis.later.backend = redis
      cache.redis.later.single-flight = cluster
      cache.redis.later.ttl = 500ms
      cache.failing.cache-exceptions = 200ms
      cache.library.thrown.cache-exceptions = 1h
      cache.prices.methods = com.acme.soak.shop.Prices.price(..)
      http.pages.paths = /page/**
      http.pages.store = 500ms
      """;

  private final RedisServer redis;

  SoakIT(RedisServer redis) {
    this.redis = redis;
  }

  /**
   * What the JVM takes once all garbage is gone.
   *
   * @param heap in KB
   * @param metaspace in KB
   * @param files open file descriptors
   * @param loaders class loaders of deployments that are not collected, the present one included
   */
  private record Taken(long heap, long metaspace, long threads, long files, long loaders) {

    static Taken by(Talking app) {
      String[] words = app.ask("measure").split(" ");
      return new Taken(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }
  }

  @Test
  void deployments_oneAfterTheOther_leaveTheJvmAsItWas() throws IOException {
    App container = App.named("soak").optimised().libraries("tomcat-10");
    Path application = application(container);
    container
        .agent()
        .argument(application.toString())
        .file("larder.properties", FILE + "redis.uri = " + redis.uri() + "\n")
        .jvm("-Xmx96m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0")
        .jvm("--add-opens=java.base/java.lang=ALL-UNNAMED")
        .jvm("--add-opens=java.base/java.io=ALL-UNNAMED")
        .jvm("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
    try (Talking app = Talking.to(container, JDK)) {
      assertThat(app.listen()).isEqualTo("runs");
      List<Taken> all = soak(app);
      System.out.println("soak hits " + app.ask("hits"));

      assertThat(app.ask("faults")).as("errors and wrong answers").isEqualTo("{}");
      assertThat(app.ask("uncounted")).as("calls neither hit, miss nor bypassed").isEqualTo("{}");
      assertThat(all).as("loaders of what was undeployed").allMatch(each -> each.loaders() <= 1);
      assertFlat("heap in KB", all, Taken::heap, 1024);
      // Of which the compiler's profiles are a part, and grow while it warms up
      assertFlat("metaspace in KB", all, Taken::metaspace, 2048);
      // Of which a pool's few end while there is nothing to do, and come again
      assertFlat("threads", all, Taken::threads, 5);
      assertFlat("open files", all, Taken::files, 1);

      // The JDK itself holds the last one: the handle by which records are compared keeps its type
      app.ask("undeploy");
      assertThat(app.err())
          .as("what Tomcat finds left behind by an application, but for a run that is at work")
          .noneMatch(
              line ->
                  line.contains("memory leak")
                      && !line.contains("larder-background")
                      && !line.contains("larder-chores"));
    }
  }

  private List<Taken> soak(Talking app) {
    List<Taken> all = new ArrayList<>();
    long end = System.nanoTime() + LASTING.toNanos();
    for (int cycle = 1; System.nanoTime() < end; cycle++) {
      long next = System.nanoTime() + CYCLE.toNanos();
      app.ask("work");
      if (cycle % FAULT_EVERY == FAULT_EVERY / 2) {
        redis.kill();
        app.ask("work");
        redis.restart();
      }
      app.ask("redeploy");
      app.ask("work");
      all.add(Taken.by(app));
      System.out.println("soak " + cycle + " " + all.get(all.size() - 1));
      await().atMost(CYCLE.multipliedBy(2)).until(() -> System.nanoTime() >= next);
    }
    return all;
  }

  /** Asserts that the last third takes no more than the second, but for what is within chance. */
  private static void assertFlat(
      String what, List<Taken> all, ToLongFunction<Taken> figure, long chance) {
    int third = all.size() / 3;
    long before = median(all.subList(third, 2 * third), figure);
    long after = median(all.subList(2 * third, all.size()), figure);
    assertThat(after)
        .as("%s in the last third; in the second %s", what, before)
        .isLessThanOrEqualTo(before + chance);
  }

  private static long median(List<Taken> some, ToLongFunction<Taken> figure) {
    return some.stream().mapToLong(figure).sorted().skip(some.size() / 2).findFirst().orElseThrow();
  }

  /** The folder of the web application, with nothing of the container's in it. */
  private static Path application(App container) throws IOException {
    App shop = App.named("soakshop").library(container.compiled()).libraries("tomcat-10");
    Path root = App.fresh("soak-application");
    Path classes = Files.createDirectories(root.resolve("WEB-INF/classes"));
    try (Stream<Path> files = Files.walk(shop.compiled())) {
      for (Path each : files.sorted(Comparator.naturalOrder()).toList()) {
        Path copy = classes.resolve(shop.compiled().relativize(each).toString());
        if (!Files.isDirectory(copy)) {
          Files.copy(each, copy);
        }
      }
    }
    Path jars = Files.createDirectories(root.resolve("WEB-INF/lib"));
    Files.copy(Artifacts.api(), jars.resolve("larder-api.jar"));
    return root;
  }
}
