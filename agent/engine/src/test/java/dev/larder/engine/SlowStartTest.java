/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.HeapServer;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls do while something that their cache needs is still being made. */
final class SlowStartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HeapServer server = HeapServer.silent();
  private final CountDownLatch made = new CountDownLatch(1);
  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    made.countDown();
    pool.shutdownNow();
  }

  /** Texts as they are. */
  private static final class Plain implements Codec {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public byte[] encode(Object value, Type type) {
      return value.toString().getBytes(UTF_8);
    }

    @Override
    public Object decode(byte[] bytes, Type type, ClassLoader loader) {
      return new String(bytes, UTF_8);
    }
  }

  private final class Factory implements BackendFactory {
    private final BackendFactory heap = server.factory();

    @Override
    public Backend create(String name) {
      return heap.create(name);
    }

    @Override
    public BackendSettings settings(Backend backend) {
      return heap.settings(backend);
    }

    @Override
    public Codec codec(String className) {
      try {
        assertThat(made.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
      return new Plain();
    }
  }

  private Probe probe(String timeout) {
    Probe probe = new Probe(new Factory());
    Settings settings =
        Settings.of(Map.of("backend", "test.Heap", "codec", "test.Plain", "timeout", timeout));
    probe.remotes.put("far", new SettingsPolicies(settings).remote("far"));
    return probe;
  }

  @Test
  void codec_thatIsLongInTheMaking_letsCallsRunUntilItIsThere() throws Exception {
    Probe probe = probe("20ms");
    AtomicInteger runs = new AtomicInteger();
    Probe.Repository repository =
        probe.new Repository("far", id -> "run " + runs.incrementAndGet());

    for (int i = 1; i <= 30; i++) { // for longer than the link takes to connect
      Object value =
          pool.submit(() -> repository.find(1)).get(PATIENCE.toSeconds() / 2, TimeUnit.SECONDS);
      assertThat(value).isEqualTo("run " + i);
    }
    made.countDown();

    await().atMost(PATIENCE).until(() -> repository.find(1).equals(repository.find(1)));
  }

  @Test
  void codec_thatIsLongInTheMaking_letsAPutOfAKeyThatItsResultTellsEnd() throws Exception {
    Probe probe = probe("500ms");
    probe.policies.put("far", Probe.keyedPolicy("{result}"));
    Probe.Writer writer = probe.new Writer("far");
    await().atMost(PATIENCE).until(() -> probe.engine.backends().get("test.Heap"));

    Object value =
        pool.submit(() -> writer.update(1, "one")).get(PATIENCE.toSeconds() / 2, TimeUnit.SECONDS);
    assertThat(value).isEqualTo("one");
    made.countDown();

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              writer.update(1, "one");
              return probe.engine.figures("far")[6] > 0; // stores
            });
  }
}
