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
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.HeapServer;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values whose time goes on, and may be over, while a backend or a codec is slow. */
final class SlowStoreTest {

  private static final String CACHE = "slow";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HeapServer server = HeapServer.silent();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile long decodedAt = System.nanoTime();

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  /** What a method gives. */
  private enum Kind {
    VALUE,
    STAGE
  }

  /** Reads no text before a moment has come. */
  private final class SlowCodec implements Codec {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public byte[] encode(Object value, Type type) {
      return value.toString().getBytes(UTF_8);
    }

    @Override
    public Object decode(byte[] bytes, Type type, ClassLoader loader) {
      for (long left = 1; left > 0; left = decodedAt - System.nanoTime()) {
        Thread.onSpinWait();
      }
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
      return new SlowCodec();
    }
  }

  /** A cached method, as several threads call it. */
  private final class Shop {
    private final Kind kind;
    private final Target target;

    Shop(Kind kind, String ttl) throws Exception {
      this.kind = kind;
      SettingsPolicies policies =
          new SettingsPolicies(
              Settings.of(
                  Map.of(
                      "backend", "test.Heap", "codec", "test.Slow", "timeout", "10s", "ttl", ttl)));
      Probe probe = new Probe(new Factory());
      probe.remotes.put(CACHE, policies.remote(CACHE));
      probe.policies.put(CACHE, policies.of(new Operation(CACHE, Map.of())));
      String method = kind == Kind.STAGE ? "stage" : "value";
      target =
          probe.target(
              MethodHandles.lookup(), Shop.class.getDeclaredMethod(method, long.class), CACHE);
      await().atMost(PATIENCE).until(() -> probe.engine.backends().get("test.Heap"));
      // Until the codec is there, nothing is stored.
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                ask(-1).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return probe.engine.figures(CACHE)[0] > 0;
              });
      runs.set(0);
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<String> stage(long id) {
      return (CompletableFuture<String>)
          Probe.call(
              target,
              this,
              new Object[] {id},
              () -> CompletableFuture.supplyAsync(SlowStoreTest.this::run, callers));
    }

    String value(long id) {
      return (String) Probe.call(target, this, new Object[] {id}, SlowStoreTest.this::run);
    }

    /** The same of one that follows another when this returns. */
    Future<String> follow(long id) {
      if (kind == Kind.STAGE) {
        return stage(id);
      }
      CompletableFuture<String> answer = new CompletableFuture<>();
      Thread caller = new Thread(() -> answer.complete(value(id)));
      caller.start();
      await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      return answer;
    }

    /** Calls it on a thread of its own; completes with the value. */
    Future<String> ask(long id) {
      return callers.submit(
          () -> kind == Kind.STAGE ? stage(id).get(20, TimeUnit.SECONDS) : value(id));
    }
  }

  private String run() {
    return "run " + runs.incrementAndGet();
  }

  private static String given(Future<String> answer) throws Exception {
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await().atMost(PATIENCE).until(() -> System.nanoTime() - end >= 0);
  }

  @ParameterizedTest
  @EnumSource
  void caller_afterTheTimeOfAValueThatIsStillBeingStored_isGivenANewOne(Kind kind)
      throws Exception {
    Shop shop = new Shop(kind, "200ms");
    CompletableFuture<Void> held = server.holdStores();
    final Future<String> first = shop.ask(1);
    await().atMost(PATIENCE).until(() -> server.heldStores() == 1);
    pass(Duration.ofMillis(250));

    Future<String> late = shop.follow(1);
    held.complete(null);

    assertThat(given(first)).isEqualTo("run 1");
    assertThat(given(late)).isEqualTo("run 2");
  }

  @Test
  void value_whoseTimeIsOverBeforeItHasBeenRead_isNotServed() throws Exception {
    Shop shop = new Shop(Kind.VALUE, "2s");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              int before = runs.get();
              given(shop.ask(1));
              return runs.get() == before;
            });
    int before = runs.get();
    decodedAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_100);

    given(shop.ask(1));

    assertThat(runs).as("its time was over when its codec was done").hasValue(before + 1);
  }
}
