/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VerificationTest {

  private static final String CACHE = "verified";

  private final Probe probe = new Probe();
  private final Map<Long, Object> database = new ConcurrentHashMap<>();
  private final AtomicInteger runs = new AtomicInteger();
  private Probe.Repository repository;

  @BeforeEach
  void verifyAll() {
    probe.verify = 1;
    repository = repository();
  }

  private Probe.Repository repository() {
    return probe
    .new Repository(
        CACHE,
        id -> {
          runs.incrementAndGet();
          Object found = database.get(id);
          if (found instanceof RuntimeException failure) {
            throw failure;
          }
          return found instanceof List<?> list ? new ArrayList<>(list) : found;
        });
  }

  private record Verified(long hits, long stale) {}

  private Verified verified() {
    long[] figures = probe.engine.figures(CACHE);
    return new Verified(figures[11], figures[12]);
  }

  /** Has the hits of a key verified until the count of them is this. */
  private void hitUntilVerified(long id, long count) {
    await()
        .until(
            () -> {
              repository.find(id);
              return verified().hits() >= count;
            });
  }

  @Test
  void hit_ofWhatIsStillSo_isVerifiedAndNotStale() {
    database.put(1L, "tea");
    repository.find(1);
    hitUntilVerified(1, 3);
    assertThat(verified().stale()).isZero();
    assertThat(runs).hasValueGreaterThan(3);
    long[] figures = probe.engine.figures(CACHE);
    assertThat(figures[1]).as("misses").isEqualTo(1);
    assertThat(figures[4]).as("loads").isEqualTo(1);
  }

  @Test
  void hit_ofWhatHasChanged_isReportedOnceItHasStayed() {
    database.put(1L, "tea");
    repository.find(1);
    database.put(1L, "coffee");
    assertThat(repository.find(1)).as("the caller is given the entry").isEqualTo("tea");
    await().untilAsserted(() -> assertThat(verified()).isEqualTo(new Verified(1, 1)));
  }

  @Test
  void hit_ofWhatIsEvictedAfterTheChange_isNotReported() {
    database.put(1L, "tea");
    database.put(2L, "tea");
    repository.find(1);
    repository.find(2);
    database.put(1L, "coffee");
    database.put(2L, "coffee");
    int before = runs.get();
    repository.find(1); // between a change and its eviction
    await().until(() -> runs.get() > before);
    probe.engine.evict(CACHE, 1L);
    await().until(() -> probe.engine.verifying().availablePermits() == 2);
    repository.find(2); // whose moment of grace is over after that of the first
    await().until(() -> verified().stale() > 0);
    assertThat(verified()).isEqualTo(new Verified(1, 1));
  }

  @Test
  void hit_whoseBodyThrowsNow_isNotReported() {
    database.put(1L, "tea");
    repository.find(1);
    database.put(1L, new IllegalStateException("closed"));
    int before = runs.get();
    assertThat(repository.find(1)).isEqualTo("tea");
    await().until(() -> runs.get() > before && probe.engine.verifying().availablePermits() == 2);
    database.put(1L, "tea");
    hitUntilVerified(1, 1);
    assertThat(verified().stale()).isZero();
  }

  @Test
  void value_thatItsCallerHasChanged_isStillTheSame() {
    database.put(1L, List.of("tea"));
    repository.find(1);
    await()
        .until(
            () -> {
              @SuppressWarnings("unchecked")
              List<Object> mine = (List<Object>) repository.find(1);
              mine.add("mine");
              return verified().hits() >= 3;
            });
    assertThat(verified().stale()).isZero();
  }

  /** Works something out when it is first asked. */
  private static final class Lazy {
    private final String name;
    private transient int hash;

    Lazy(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Lazy lazy && lazy.name.equals(name);
    }

    @Override
    public int hashCode() {
      hash = Objects.hash(name);
      return hash;
    }
  }

  @Test
  void value_thatHasWorkedSomethingOut_isStillTheSame() {
    database.put(1L, new Lazy("tea"));
    repository.find(1);
    Lazy other = new Lazy("tea");
    assertThat(other.hashCode()).isNotZero();
    database.put(1L, other);
    hitUntilVerified(1, 1);
    assertThat(verified().stale()).isZero();
  }

  @Test
  void null_whereThereWasAValue_isStale() {
    database.put(1L, "tea");
    repository.find(1);
    database.remove(1L);
    repository.find(1);
    await().until(() -> verified().stale() > 0);
  }

  @Test
  void share_ofNone_leavesTheHitSiteAsItIs() {
    probe.verify = 0;
    assertThat(repository().target.caching().verification()).isNull();
  }

  @Test
  void share_isThatOfTheHitsChosen() {
    probe.verify = 0.25;
    Verification quarter = repository().target.caching().verification();
    int chosen = 0;
    for (int i = 0; i < 100_000; i++) {
      chosen += quarter.isChosen() ? 1 : 0;
    }
    assertThat(chosen).isBetween(24_000, 26_000); // seven standard deviations
  }

  /** Woven by hand. */
  final class Later {
    private final Map<String, String> prices = new HashMap<>(Map.of("tea", "3"));
    private final Target target;

    /** What bodies give from now on; null for the price. */
    private volatile CompletableFuture<String> held;

    Later() throws NoSuchMethodException {
      target =
          probe.target(
              MethodHandles.lookup(), Later.class.getDeclaredMethod("price", String.class), CACHE);
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<String> price(String of) {
      return (CompletableFuture<String>)
          Probe.call(
              target,
              this,
              new Object[] {of},
              () -> held != null ? held : CompletableFuture.completedFuture(prices.get(of)));
    }
  }

  @Test
  void stage_isComparedByWhatItCompletesWith() throws Exception {
    Later later = new Later();
    assertThat(later.price("tea").get()).isEqualTo("3");
    await()
        .until(
            () -> {
              later.price("tea");
              return verified().hits() > 0;
            });
    assertThat(verified().stale()).isZero();
    later.prices.put("tea", "4");
    assertThat(later.price("tea").get()).isEqualTo("3");
    await().until(() -> verified().stale() > 0);
  }

  @Test
  void stage_thatNeverCompletes_keepsNobodyElseFromBeingVerified() throws Exception {
    probe.policies.put(CACHE, Probe.waitingPolicy(100));
    Later later = new Later();
    later.price("tea").get();
    later.held = new CompletableFuture<>();
    await()
        .until(
            () -> {
              later.price("tea");
              return probe.engine.verifying().availablePermits() == 0;
            });
    database.put(1L, "tea");
    repository.find(1);
    hitUntilVerified(1, 1);
  }
}
