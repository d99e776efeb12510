/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.remote.BackendFactory;
import dev.larder.harness.CachingJvm.Figure;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Pairs of JVMs that share their caches, each an engine of its own, as tests of caches need them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheUsers {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the caches are that tests use by name. */
  private static final Map<String, String> CACHES =
      Map.ofEntries(
          Map.entry("timeout", "5s"),
          Map.entry("cache.brief.ttl", "1s"),
          Map.entry("cache.blink.ttl", "300ms"),
          Map.entry("cache.keyed.key", "{p0}"),
          Map.entry("cache.tagged.tags", "kind:{p0 % 2},result:{result}"),
          Map.entry("cache.labelled.tags", "{p0}"),
          Map.entry("cache.racing.single-flight", "off"),
          Map.entry("cache.fleet.single-flight", "cluster"),
          Map.entry("cache.batched.batch", "true"));

  /** Whether a near cache stands before the backend. */
  enum Layout {
    PLAIN,
    NEAR
  }

  /** Counts the runs of all bodies, so that no two give the same. */
  final AtomicInteger runs = new AtomicInteger();

  final Function<Object, Object> usualBody = id -> id + " run " + runs.incrementAndGet();
  private final AtomicLong ids = new AtomicLong();
  private final Map<Layout, Pair> pairs = new EnumMap<>(Layout.class);
  private final String start = "cache-" + UUID.randomUUID() + "-";

  /** The backend; null where the caches are kept in memory. */
  private final BackendContractTest place;

  CacheUsers(BackendContractTest place) {
    this.place = place;
  }

  /** Two JVMs; the same twice where caches are kept in memory. */
  record Pair(Jvm one, Jvm other, String prefix) {
    List<Jvm> both() {
      return List.of(one, other);
    }
  }

  /** A JVM with its application. */
  final class Jvm {
    final CachingJvm caches;
    final Wares wares = new Wares();
    volatile Function<Object, Object> body = usualBody;
    private final Shop shop = new Shop(id -> body.apply(id));

    Jvm(CachingJvm caches) {
      this.caches = caches;
    }

    String find(String cache, long id) {
      return (String) call(cache, "find", id);
    }

    Object call(String cache, String method, Object... arguments) {
      return caches.call(shop, cache, method, arguments);
    }

    Object put(String cache, String method, Object... arguments) {
      return caches.put(shop, cache, method, arguments);
    }

    /** Whether a call is answered without a run of its body. */
    boolean isHit(String cache, long id) {
      int before = runs.get();
      find(cache, id);
      return runs.get() == before;
    }

    long calls(String cache) {
      return caches.figure(cache, Figure.HITS)
          + caches.figure(cache, Figure.MISSES)
          + caches.figure(cache, Figure.BYPASSED);
    }
  }

  boolean isRemote() {
    return place != null;
  }

  BackendContractTest place() {
    return place;
  }

  /** An argument that no test has used before. */
  long newId() {
    return ids.incrementAndGet();
  }

  List<Layout> layouts() {
    return isRemote() ? List.of(Layout.values()) : List.of(Layout.PLAIN);
  }

  /** The two JVMs of a layout, connected. */
  Pair pair(Layout layout) {
    return pairs.computeIfAbsent(
        layout,
        missing -> {
          String prefix = start + layout;
          Jvm one = newJvm(layout, prefix);
          return new Pair(one, isRemote() ? newJvm(layout, prefix) : one, prefix);
        });
  }

  /** A JVM of its own, connected. */
  Jvm newJvm(Layout layout, String prefix) {
    Map<String, String> settings = new HashMap<>(CACHES);
    settings.put("prefix", prefix);
    settings.put("backend", isRemote() ? "test.Backend" : "memory");
    if (layout == Layout.NEAR) {
      settings.put("l1.max-entries", "1000");
    }
    Jvm jvm = new Jvm(new CachingJvm(settings, isRemote() ? backends(prefix) : null));
    eventually(
        () -> {
          if (!jvm.isHit("connecting", newId()) && !jvm.isHit("connecting", ids.get())) {
            throw new AssertionError("no hit");
          }
        });
    return jvm;
  }

  private BackendFactory backends(String prefix) {
    return new BackendFactory() {
      @Override
      public Backend create(String name) {
        return place.newBackend();
      }

      @Override
      public BackendSettings settings(Backend backend) {
        return new BackendSettings(prefix, 5_000, place.reachable());
      }

      @Override
      public Codec codec(String className) {
        throw new IllegalArgumentException("there is no codec " + className);
      }
    };
  }

  static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
  }

  /** What both JVMs have for an argument, in their near caches too. */
  static String agreed(Pair pair, String cache, long id) {
    eventually(
        () ->
            assertThat(pair.other().find(cache, id))
                .isEqualTo(pair.one().find(cache, id))
                .isEqualTo(pair.other().find(cache, id)));
    return pair.one().find(cache, id);
  }

  @AfterEach
  void restoreBodies() {
    pairs.values().forEach(pair -> pair.both().forEach(each -> each.body = usualBody));
  }

  @AfterAll
  void closeAll() {
    for (Pair pair : pairs.values()) {
      pair.both().forEach(each -> each.caches.close());
    }
  }
}
