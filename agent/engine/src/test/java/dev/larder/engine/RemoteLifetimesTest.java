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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a backend is to keep what it is given. */
final class RemoteLifetimesTest {

  private final AtomicInteger runs = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({"45d, 0, 45", "30d, 15d, 45", "forever, 0, 30", "forever, 15d, 30"})
  void entry_ofAnyTimes_isKeptForTheWholeOfThem(String ttl, String staleIfError, long days)
      throws FaultyAttribute {
    HeapServer server = HeapServer.silent();
    SettingsPolicies policies =
        new SettingsPolicies(
            Settings.of(
                Map.of(
                    "backend",
                    "test.Heap",
                    "timeout",
                    "5s",
                    "ttl",
                    ttl,
                    "cache.far.stale-if-error",
                    staleIfError)));
    Probe probe = new Probe(server.factory());
    probe.remotes.put("far", policies.remote("far"));
    probe.policies.put("far", policies.of(new Operation("far", Map.of())));
    Probe.Repository repository =
        probe.new Repository("far", id -> "run " + runs.incrementAndGet());

    await().atMost(Duration.ofSeconds(20)).until(() -> isHit(repository));

    assertThat(Duration.ofMillis(server.longestLeft()))
        .isBetween(Duration.ofDays(days).minusMinutes(1), Duration.ofDays(days));
  }

  private boolean isHit(Probe.Repository repository) {
    int before = runs.get();
    repository.find(1);
    return runs.get() == before;
  }
}
