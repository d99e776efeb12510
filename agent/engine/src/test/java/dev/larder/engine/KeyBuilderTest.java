/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.HeapServer;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import dev.larder.spi.KeyBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyBuilderTest {

  private static final String LONG_NAME = "cache-of-a-long-name";

  private final HeapServer server = HeapServer.silent();
  private final AtomicInteger runs = new AtomicInteger();

  private Probe probe(KeyBuilder builder) {
    BackendFactory plain = server.factory();
    Probe probe =
        new Probe(
            new BackendFactory() {
              @Override
              public Backend create(String name) {
                return plain.create(name);
              }

              @Override
              public BackendSettings settings(Backend backend) {
                return plain.settings(backend);
              }

              @Override
              public Codec codec(String className) {
                return plain.codec(className);
              }

              @Override
              public KeyBuilder keyBuilder() {
                if (builder == null) {
                  throw new IllegalArgumentException("there is no such class");
                }
                return builder;
              }
            });
    Settings settings =
        Settings.of(
            Map.of(
                "backend",
                "test.Heap",
                "prefix",
                "test",
                "timeout",
                "5s",
                "single-flight",
                "cluster"));
    SettingsPolicies policies = new SettingsPolicies(settings);
    for (String cache : List.of("c", LONG_NAME)) {
      probe.remotes.put(cache, policies.remote(cache));
    }
    return probe;
  }

  private static void awaitServed(Probe probe, Probe.Repository repository) {
    awaitServed(probe, "c", repository);
  }

  private static void awaitServed(Probe probe, String cache, Probe.Repository repository) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              repository.find(0);
              return probe.engine.figures(cache)[0] > 0;
            });
  }

  @Test
  void builder_writesTheKeysOfEntries_andRemovalsMeetThem() {
    Probe probe = probe((cache, variant, content) -> cache + "/" + variant + "/" + content);
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    awaitServed(probe, repository);

    Object value = repository.find(1);
    assertThat(repository.find(1)).isEqualTo(value);
    assertThat(server.keys())
        .anyMatch(key -> key.matches("test:c/[^/]*find~[^/]*/1L"))
        .noneMatch(key -> key.startsWith("test:c:") && !key.startsWith("test:c:!"));
    assertThat(probe.engine.evict("c", 1)).isEqualTo(1);
    assertThat(repository.find(1)).isNotEqualTo(value);
  }

  @Test
  void builder_whoseKeysAreShort_letsEachFlightHaveALeaseOfItsOwn() {
    Probe probe = probe((cache, variant, content) -> content);
    probe.policies.put(LONG_NAME, Probe.keyedPolicy("{id}"));
    Map<Long, Set<String>> leases = new HashMap<>();
    Probe.Repository repository =
        probe
        .new Repository(
            LONG_NAME,
            id -> {
              leases.put(id, leasesOf("test:" + id));
              return "run " + runs.incrementAndGet();
            });
    awaitServed(probe, LONG_NAME, repository);

    repository.find(1);
    repository.find(2);
    assertThat(leases.get(1L)).hasSize(1);
    assertThat(leases.get(2L)).hasSize(1);
    assertThat(probe.engine.figures(LONG_NAME)[9]).as("errors").isZero();
  }

  private Set<String> leasesOf(String key) {
    return server.keys().stream()
        .filter(each -> each.contains("!lease:") && each.endsWith(':' + key))
        .collect(Collectors.toSet());
  }

  @Test
  void builder_isGivenATemplatesText() {
    Probe probe = probe((cache, variant, content) -> cache + "<" + variant + ">" + content);
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    awaitServed(probe, repository);

    assertThat(server.keys()).contains("test:c<>0");
    assertThat(probe.engine.evictKey("c", "0")).isEqualTo(1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"!all", "c:!mark", "\uD800"})
  void builder_thatGivesNoKey_leavesItsCacheUncached(String key) {
    Probe probe = probe((cache, variant, content) -> key);
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              repository.find(1);
              return probe.engine.figures("c")[9] > 0; // the backend is there, and was asked
            });

    assertThat(repository.find(1)).isNotEqualTo(repository.find(1));
    assertThat(probe.engine.figures("c")[0]).as("hits").isZero();
  }

  @Test
  void builder_thatCannotBeMade_leavesItsCacheUncached() {
    Probe probe = probe(null);
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              repository.find(1);
              return probe.engine.figures("c")[9] > 0;
            });

    assertThat(repository.find(1)).isNotEqualTo(repository.find(1));
    probe.engine.evict("c", 1);
  }
}
