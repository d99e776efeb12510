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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Puts, loads and removals of two JVMs at once: when all have ended, what is cached is what the
 * database has.
 */
final class RemotePutsStressTest {

  private static final int ROUNDS = 20;
  private static final int THREADS = 3;

  /** What the only product is in its database. */
  private final AtomicLong database = new AtomicLong();

  private final AtomicLong stored = new AtomicLong();

  /** A value that its body fills in. */
  public static final class Product {
    public long id;
    public String category;
    public long version;
  }

  @SuppressWarnings("ThreadLocalUsage") // each test has one of its own
  private final ThreadLocal<Product> written = new ThreadLocal<>();

  private final class Jvm {
    final Probe probe;
    final Probe.Repository repository;
    final List<Probe.Writer> writers = new ArrayList<>();

    Jvm(HeapServer server) throws FaultyAttribute {
      probe = new Probe(server.factory());
      Map<String, String> settings = new HashMap<>();
      settings.put("backend", "test.Heap");
      settings.put("prefix", "test");
      settings.put("timeout", "5s");
      settings.put("cache.c.tags", "category:{result.category},all");
      settings.put("cache.c.key", "{id}");
      probe.remotes.put("c", new SettingsPolicies(Settings.of(settings)).remote("c"));
      take(settings);
      repository = probe.new Repository("c", id -> loaded(id));
      writers.add(probe.new Writer("c", RemotePutsStressTest.this::write, Set.of()));
      settings.put("cache.c.key", "{result.id}");
      take(settings);
      writers.add(probe.new Writer("c", RemotePutsStressTest.this::write, Set.of()));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                long hits = probe.engine.figures("c")[0];
                repository.find(-1);
                return probe.engine.figures("c")[0] > hits;
              });
    }

    private void take(Map<String, String> settings) throws FaultyAttribute {
      probe.policies.put(
          "c", new SettingsPolicies(Settings.of(settings)).of(new Operation("c", Map.of())));
    }

    private void put(Probe.Writer writer) {
      Product product = new Product();
      product.id = 1;
      product.category = "tools";
      written.set(product);
      writer.update(1, product);
    }
  }

  private static Product loaded(long version, long id) {
    Product product = new Product();
    product.id = id;
    product.category = "tools";
    product.version = version;
    return product;
  }

  private Product loaded(long id) {
    long version = database.get();
    pause();
    return loaded(version, id);
  }

  private void write() {
    pause();
    written.get().version = database.incrementAndGet();
    pause();
  }

  private static void pause() {
    long until = System.nanoTime() + ThreadLocalRandom.current().nextInt(2_000_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cache_whenAllHaveEnded_hasWhatTheDatabaseHas(boolean pushes) throws Exception {
    HeapServer server = pushes ? HeapServer.pushing() : HeapServer.silent();
    List<Jvm> jvms = List.of(new Jvm(server), new Jvm(server));
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < (pushes ? 25 * ROUNDS : ROUNDS); round++) {
        long seed = ThreadLocalRandom.current().nextLong();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Random random = new Random(seed + i);
          running.add(
              pool.submit(
                  () -> {
                    for (int step = 0; step < 2; step++) {
                      step(jvms.get(random.nextInt(2)), random);
                    }
                  }));
        }
        for (Future<?> each : running) {
          each.get();
        }
        if (!pushes) {
          Thread.sleep(120); // by then every JVM knows of removals by tag
        }
        for (Jvm jvm : jvms) {
          Product found = (Product) jvm.repository.find(1);
          assertThat(found.version).as("seed %s, round %s", seed, round).isEqualTo(database.get());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    for (Jvm jvm : jvms) {
      stored.addAndGet(jvm.probe.engine.figures("c")[6]);
    }
    assertThat(stored.get()).isPositive();
  }

  private void step(Jvm jvm, Random random) {
    switch (random.nextInt(8)) {
      case 0, 1 -> jvm.put(jvm.writers.get(0));
      case 2, 3 -> jvm.put(jvm.writers.get(1));
      case 4 -> jvm.repository.find(1);
      case 5 -> {
        database.incrementAndGet();
        jvm.probe.engine.evictKey("c", "1");
      }
      case 6 -> {
        database.incrementAndGet();
        jvm.probe.engine.evictTag(random.nextBoolean() ? "category:tools" : "all");
      }
      default -> jvm.probe.engine.evictTag("another");
    }
  }
}
