/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.config.Settings;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One target in another's place, after the settings have changed. */
class SettingsChangeTest {

  private static int runs;

  private final Engine engine =
      new Engine(
          new SettingsPolicies(Settings.of(Map.of("cache.a.ttl", "1h"))),
          new MemoryStores(),
          FieldAccess.plain(),
          Handlers.NONE);
  private Target target = engine.target(spec("a"), MethodHandles.lookup());

  static Object find(long id) {
    return ++runs;
  }

  private static TargetSpec spec(String cache) {
    return new TargetSpec(
        SettingsChangeTest.class.getName(),
        "find",
        "(J)Ljava/lang/Object;",
        true,
        List.of("id"),
        Set.of(),
        cache == null ? null : new Operation(cache, Map.of()),
        List.of(),
        List.of(),
        List.of(),
        EnumSet.noneOf(TargetSpec.Trait.class));
  }

  private Object call(long id) {
    return Probe.call(target, null, new Object[] {id}, () -> find(id));
  }

  private void take(String cache, String... keysAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    engine.take(new SettingsPolicies(Settings.of(settings)));
    Target before = target;
    target = engine.target(spec(cache), MethodHandles.lookup(), before);
    engine.retire(before, target);
  }

  @Test
  void entry_storedByTheSettingsBefore_isServedByTheNewTarget() {
    Object kept = call(1);

    take("a", "cache.a.ttl", "1m");

    assertThat(call(1)).isEqualTo(kept);
    assertThat(engine.evict("a", 1L)).as("by the arguments").isEqualTo(1);
    assertThat(call(1)).isNotEqualTo(kept);
  }

  @Test
  void ttlOfZero_servesNoMoreAndDropsWhatIsKept() {
    Object kept = call(1);

    take("a", "cache.a.ttl", "0");

    assertThat(call(1)).isNotEqualTo(kept).isNotEqualTo(call(1));
    take("a", "cache.a.ttl", "1h");
    assertThat(call(1)).isNotEqualTo(kept).isEqualTo(call(1));
  }

  /** Each is longer than what is left of the clock's numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"forever", "106751991167d", "9223372036854775807ms"})
  void times_asLongAsCanBeWritten_keepTheEntry(String time) {
    for (String key : List.of("ttl", "idle", "stale-while-revalidate", "stale-if-error")) {
      take("a", "cache.a." + key, time);
      engine.clear("a");
      Object kept = call(1);

      assertThat(call(1)).as(key).isEqualTo(kept);
    }
  }

  @Test
  void cacheThatIsDisabled_hasNothingToDoButToCountItsCalls() {
    call(1);
    assertThat(target.isIdle()).isFalse();

    take("a", "enabled", "false");
    call(1);
    assertThat(target.isIdle()).isTrue();
    assertThat(engine.figures("a")[2]).as("bypassed").isEqualTo(1);

    take("a", "enabled", "false", "cache.a.enabled", "true");
    assertThat(target.isIdle()).isFalse();
  }

  @Test
  void cacheWithATtlOfZero_countsItsCallsAsBypassed() {
    call(1);

    take("a", "ttl", "0");
    call(1);

    assertThat(target.isIdle()).isFalse();
    assertThat(engine.figures("a")[2]).as("bypassed").isEqualTo(1);
  }

  @Test
  void loadThatBeganBefore_isNotStoredOnceTheCacheIsOff() {
    Target old = target;
    Object ticket = old.miss(null, new Object[] {1L});

    take("a", "enabled", "false");
    Target.exit("late", ticket);
    take("a");

    assertThat(call(1)).isNotEqualTo("late");
  }

  @Test
  void bounds_thatShrink_letEntriesGo() {
    for (long id = 0; id < 100; id++) {
      call(id);
    }

    take("a", "cache.a.max-entries", "10");

    assertThat(engine.figures("a")[10]).as("entries").isLessThanOrEqualTo(10);
  }

  @Test
  void target_ofAnotherCache_hasItsEntriesThere() {
    Object kept = call(1);

    take("b");

    assertThat(call(1)).isNotEqualTo(kept).isEqualTo(call(1));
    assertThat(engine.evict("b", 1L)).isEqualTo(1);
  }
}
