/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.method.TargetSpec.Trait;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What is told of a handler method's old value that stands in for a failure. */
final class ObservedStaleTest {

  private record Served(boolean hit, boolean stored, boolean stale) {}

  private final List<Served> served = new ArrayList<>();
  private final Probe probe = new Probe(null, Told::new);

  private final class Told implements Handlers.Call {
    @Override
    public boolean mayStore(Object result) {
      return true;
    }

    @Override
    public void served(boolean hit, boolean stored, long remainingMillis) {
      served.add(new Served(hit, stored, remainingMillis <= 0));
    }
  }

  static Object load(Object key) {
    return "by Larder";
  }

  private static Object call(Target target, Callable<?> body) {
    return Probe.call(target, null, new Object[] {1}, body);
  }

  @Test
  void oldValue_inPlaceOfAFailure_isToldAsAHitPastItsTime() throws Exception {
    Map<String, String> settings = Map.of("ttl", "1s", "cache.c.stale-if-error", "1h");
    probe.policies.put(
        "c", new SettingsPolicies(Settings.of(settings)).of(new Operation("c", Map.of())));
    Method woven = ObservedStaleTest.class.getDeclaredMethod("load", Object.class);
    Target target =
        probe.target(MethodHandles.lookup(), woven, "c", EnumSet.of(Trait.HANDLER), "key");

    assertThat(call(target, () -> "old")).isEqualTo("old");
    await().untilAsserted(() -> assertThat(failing(target)).isEqualTo("old"));

    assertThat(served)
        .startsWith(new Served(false, true, false))
        .endsWith(new Served(true, true, true));
  }

  /** Runs a body that fails, if it is run at all. */
  private Object failing(Target target) {
    boolean[] ran = {false};
    Object given =
        call(
            target,
            () -> {
              ran[0] = true;
              throw new IllegalStateException("on purpose");
            });
    assertThat(ran[0]).as("was past its time").isTrue();
    return given;
  }
}
