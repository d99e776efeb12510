/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Puts whose result may not be stored. */
final class PutsTest {

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();

  /** Whoever caches still, as another JVM may, must not be given what was there before. */
  @ParameterizedTest
  @CsvSource({"cache.c.ttl, 0", "cache.c.enabled, false"})
  void put_whereNothingMayBeStored_evicts(String key, String value) throws FaultyAttribute {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("run 1");

    Settings off = Settings.of(Map.of(key, value, "cache.c.key", "{id}"));
    probe.policies.put("c", new SettingsPolicies(off).of(new Operation("c", Map.of())));
    probe.new Writer("c").update(1, "put");

    assertThat(repository.find(1)).isEqualTo("run 2");
  }

  /** A scope that stores nothing must not leave behind what the put has made wrong. */
  @Test
  void put_inABypass_evicts() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    assertThat(repository.find(1)).isEqualTo("run 1");

    Object before = CallScope.enter("bypass");
    try {
      probe.new Writer("c").update(1, "put");
    } finally {
      CallScope.leave(before);
    }

    assertThat(repository.find(1)).isEqualTo("run 2");
  }

  /** What a proxy reaches has put already; to put once more around it could only evict. */
  @Test
  void put_ofAProxyAroundAnotherPut_isLeftToIt() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    Probe.Writer behind = probe.new Writer("c");
    Probe.Writer proxy = probe.new Writer("c", () -> behind.update(1, "behind"));
    Probe.Writer outermost = probe.new Writer("c", () -> proxy.update(1, "proxy"));

    outermost.update(1, "outermost");

    assertThat(repository.find(1)).isEqualTo("behind");
    assertThat(ThreadMode.current()).isNull();
  }

  @Test
  void put_ofAProxyThatIsAllThereIs_stores() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    List<Probe.Writer> proxy = new ArrayList<>();
    proxy.add(
        probe
        .new Writer(
            "c",
            () -> {
              if (runs.incrementAndGet() == 1) {
                proxy.get(0).update(2, "within itself");
              }
            }));

    proxy.get(0).update(1, "put");

    assertThat(repository.find(1)).isEqualTo("put");
    assertThat(repository.find(2)).isEqualTo("within itself");
  }

  @Test
  void put_ofAProxyThatThrows_leavesNothingOpen() {
    Probe.Writer proxy = writerThatFails();

    assertThatThrownBy(() -> proxy.update(1, "put")).isInstanceOf(IllegalStateException.class);

    assertThat(ThreadMode.current()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{id}", "{result.id}"})
  void put_ofADecoratorAroundAnotherPut_isLeftToIt(String key) {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    probe.policies.put("c", Probe.keyedPolicy(key));
    Named innermost = new Named(1, "innermost");
    Probe.Writer behind = probe.new Writer("c");
    Probe.Writer decorator = probe.new Writer("c", () -> behind.update(1, innermost), Set.of());
    Probe.Writer outermost =
        probe.new Writer("c", () -> decorator.update(1, new Named(1, "decorated")), Set.of());

    outermost.update(1, new Named(1, "outermost"));

    assertThat(repository.find(1)).isEqualTo(innermost);
    assertThat(ThreadMode.current()).isNull();
  }

  /** A node of a tree whose children are of its class puts its own entry as well as theirs. */
  @Test
  void put_thatReachesAPutOfAnotherKey_stores() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    Probe.Writer child = probe.new Writer("c");
    probe.new Writer("c", () -> child.update(2, "child"), Set.of()).update(1, "parent");

    assertThat(repository.find(1)).isEqualTo("parent");
    assertThat(repository.find(2)).isEqualTo("child");
  }

  @Test
  void put_ofADecoratorThatStandsInForAFailure_stores() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    Probe.Writer failing = writerThatFails();
    Runnable caught =
        () ->
            assertThatThrownBy(() -> failing.update(1, "put"))
                .isInstanceOf(IllegalStateException.class);
    probe.new Writer("c", caught, Set.of()).update(1, "instead");

    assertThat(repository.find(1)).isEqualTo("instead");
  }

  private Probe.Writer writerThatFails() {
    return probe
    .new Writer(
        "c",
        () -> {
          throw new IllegalStateException();
        });
  }

  /** A value with a name of its own, under which it is put. */
  record Named(long id, String text) {}

  /** What it has read is older than what the other has stored, though none knew its key then. */
  @Test
  void put_whoseKeyTheResultTells_isNotStoredOverAPutThatCameMeanwhile() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    Probe.Writer other = probe.new Writer("c");
    Runnable meanwhile = () -> onAnotherThread(() -> other.update(1, "newer"));
    writerByResult(meanwhile).update(1, new Named(1, "older"));

    assertThat(repository.find(1)).isEqualTo("run 1");
  }

  @Test
  void put_whoseKeyTheResultTells_isStoredWhereAnotherKeyWasRemovedMeanwhile() {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    Probe.Writer other = probe.new Writer("c");
    Named put = new Named(1, "put");
    Runnable meanwhile =
        () -> {
          probe.engine.evictKey("c", "2");
          onAnotherThread(() -> other.update(3, "put as well"));
        };
    writerByResult(meanwhile).update(1, put);

    assertThat(repository.find(1)).isEqualTo(put);
  }

  private static void onAnotherThread(Runnable task) {
    CompletableFuture.runAsync(task).join();
  }

  private Probe.Writer writerByResult(Runnable body) {
    probe.policies.put("c", Probe.keyedPolicy("{result.id}"));
    return probe.new Writer("c", body, Set.of());
  }

  @Test
  void put_whoseConditionAsksForTheResult_storesWhereItHolds() throws FaultyAttribute {
    Settings settings =
        Settings.of(Map.of("cache.c.key", "{id}", "cache.c.condition", "result == 'kept'"));
    probe.policies.put("c", new SettingsPolicies(settings).of(new Operation("c", Map.of())));
    Probe.Writer writer = probe.new Writer("c");
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());

    writer.update(1, "kept");
    writer.update(2, "other");

    assertThat(repository.find(1)).isEqualTo("kept");
    assertThat(repository.find(2)).isEqualTo("run 1");
  }

  /** What it says of the new value nobody knows, but that the old one is no longer so. */
  @ParameterizedTest
  @ValueSource(strings = {"condition", "unless"})
  void put_whoseConditionFails_evicts(String attribute) throws FaultyAttribute {
    probe.policies.put("c", Probe.keyedPolicy("{id}"));
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    assertThat(repository.find(1)).isEqualTo("run 1");
    Settings settings =
        Settings.of(Map.of("cache.c.key", "{id}", "cache.c." + attribute, "value.nobody"));
    probe.policies.put("c", new SettingsPolicies(settings).of(new Operation("c", Map.of())));

    probe.new Writer("c").update(1, "put");

    assertThat(repository.find(1)).isEqualTo("run 2");
  }
}
