/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.HeapServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that a backend has, and that an access makes anew before their time is over. */
final class RemoteRenewalsTest {

  private static final int KEYS = 10;
  private static final int MISSES = 1;

  private final AtomicInteger runs = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"off", "near"})
  void access_afterItsShareOfTheTtl_startsOneRunInTheBackground(String near)
      throws FaultyAttribute {
    Map<String, String> file =
        new HashMap<>(
            Map.of(
                "backend",
                "test.Heap",
                "timeout",
                "5s",
                "ttl",
                "1h",
                "cache.far.refresh-ahead",
                "0.01%")); // of an hour 360 ms
    if (near.equals("near")) {
      file.put("l1.ttl", "1s");
    }
    SettingsPolicies policies = new SettingsPolicies(Settings.of(file));
    Probe probe = new Probe(HeapServer.silent().factory());
    probe.remotes.put("far", policies.remote("far"));
    probe.policies.put("far", policies.of(new Operation("far", Map.of())));
    Probe.Repository repository =
        probe.new Repository("far", id -> "run " + runs.incrementAndGet());
    for (long id = 0; id < KEYS; id++) {
      long key = id;
      await().atMost(Duration.ofSeconds(20)).until(() -> isHit(repository, key));
    }
    long due = System.nanoTime() + Duration.ofMillis(400).toNanos();
    await().until(() -> System.nanoTime() > due);
    long misses = probe.engine.figures("far")[MISSES];
    int before = runs.get();

    for (long id = 0; id < KEYS; id++) {
      repository.find(id);
    }

    await().until(() -> runs.get() >= before + KEYS);
    assertThat(probe.engine.figures("far")[MISSES]).as("none has waited").isEqualTo(misses);
  }

  private boolean isHit(Probe.Repository repository, long id) {
    int before = runs.get();
    repository.find(id);
    return runs.get() == before;
  }
}
