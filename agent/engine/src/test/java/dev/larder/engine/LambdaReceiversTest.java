/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.HeapServer;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Methods of interfaces whose receivers are lambdas, of classes that each JVM names as it likes.
 */
final class LambdaReceiversTest {

  private final AtomicInteger runs = new AtomicInteger();

  /** What is cached is a default method; the other one tells its lambdas apart. */
  interface Doubling {
    long part(long number);

    default long twice(long number) {
      return 2 * part(number);
    }
  }

  @Test
  void lambda_withABackend_runsUncached() throws Exception {
    Target target = target(Map.of("backend", "test.Heap", "timeout", "5s"));
    Doubling written =
        new Doubling() {
          @Override
          public long part(long number) {
            return number;
          }
        };
    await().atMost(Duration.ofSeconds(20)).until(() -> isHit(target, written));

    assertThat(isHit(target, number -> number)).isFalse();
    assertThat(isHit(target, number -> number)).isFalse();
    Doubling lambda = number -> number;
    call(target, lambda);
    assertThat(isHit(target, lambda)).isFalse();
  }

  @Test
  void lambda_inMemory_orWithAKey_isCached() throws Exception {
    for (Map<String, String> file :
        Map.of(
                "memory", Map.<String, String>of(),
                "instance", Map.of("backend", "test.Heap", "cache.far.scope", "instance"),
                "key", Map.of("backend", "test.Heap", "cache.far.key", "{number}"))
            .values()) {
      Target target = target(file);
      Doubling lambda = number -> number;
      await().atMost(Duration.ofSeconds(20)).until(() -> isHit(target, lambda));
    }
  }

  private static Target target(Map<String, String> file) throws Exception {
    SettingsPolicies policies = new SettingsPolicies(Settings.of(file));
    Probe probe = new Probe(HeapServer.silent().factory());
    if (policies.remote("far") != null) {
      probe.remotes.put("far", policies.remote("far"));
    }
    probe.policies.put("far", policies.of(new Operation("far", Map.of())));
    return probe.target(
        MethodHandles.lookup(), Doubling.class.getMethod("twice", long.class), "far", "number");
  }

  private boolean isHit(Target target, Doubling receiver) {
    int before = runs.get();
    call(target, receiver);
    return runs.get() == before;
  }

  private void call(Target target, Doubling receiver) {
    Probe.call(
        target,
        receiver,
        new Object[] {7L},
        () -> {
          runs.incrementAndGet();
          return receiver.twice(7);
        });
  }
}
