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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A backend whose client was told of a shorter timeout than its callers have by now. */
final class OutgrownBackendTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HeapServer server = HeapServer.silent();
  private final List<Long> started = new CopyOnWriteArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile long timeout = 250;

  private final class Factory implements BackendFactory {
    private final BackendFactory heap = server.factory();

    @Override
    public Backend create(String name) {
      return heap.create(name);
    }

    @Override
    public BackendSettings settings(Backend backend) {
      started.add(timeout);
      return new BackendSettings("test", timeout, Map.of());
    }

    @Override
    public long timeout() {
      return timeout;
    }

    @Override
    public Codec codec(String className) {
      return server.factory().codec(className);
    }
  }

  @Test
  void backend_thatIsOut_isMadeAnewWhereCallsMayWaitLonger() {
    Probe probe = new Probe(new Factory());
    Settings settings = Settings.of(Map.of("backend", "test.Heap", "timeout", "5s"));
    probe.remotes.put("far", new SettingsPolicies(settings).remote("far"));
    Probe.Repository repository =
        probe.new Repository("far", id -> "run " + runs.incrementAndGet());

    comesBack(repository);
    goesAndComesBack(probe, repository);
    assertThat(started).containsExactly(250L);

    timeout = 1_000;
    goesAndComesBack(probe, repository);
    goesAndComesBack(probe, repository);
    timeout = 500;
    goesAndComesBack(probe, repository);

    assertThat(started).containsExactly(250L, 1_000L);
    assertThat(server.connected()).as("the former one is closed").isEqualTo(1);
  }

  private void goesAndComesBack(Probe probe, Probe.Repository repository) {
    server.setAway(true);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              repository.find(1);
              return !probe.engine.backends().get("test.Heap");
            });
    server.setAway(false);
    comesBack(repository);
  }

  private static void comesBack(Probe.Repository repository) {
    await().atMost(PATIENCE).until(() -> repository.find(1).equals(repository.find(1)));
  }
}
