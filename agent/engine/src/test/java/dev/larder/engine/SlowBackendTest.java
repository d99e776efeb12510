/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.HeapServer;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A backend that always takes its time, as one on another continent does. */
final class SlowBackendTest {

  private final HeapServer server = HeapServer.silent();

  private final class Factory implements BackendFactory {
    private final BackendFactory heap = server.factory();

    @Override
    public Backend create(String name) {
      return heap.create(name);
    }

    @Override
    public BackendSettings settings(Backend backend) {
      return new BackendSettings("test", timeout(), Map.of());
    }

    @Override
    public long timeout() {
      return 5_000;
    }

    @Override
    public Codec codec(String className) {
      return heap.codec(className);
    }
  }

  @Test
  void backend_thatAnswersInTimeForCalls_serves() {
    server.setDelay(Duration.ofMillis(1_200));
    Probe probe = new Probe(new Factory());
    Settings settings = Settings.of(Map.of("backend", "test.Heap", "timeout", "5s"));
    probe.remotes.put("far", new SettingsPolicies(settings).remote("far"));

    Probe.Repository repository = probe.new Repository("far", id -> "value");
    repository.find(1);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> probe.engine.backends().get("test.Heap").equals(true));
  }
}
