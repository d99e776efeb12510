/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the settings come to for the methods of a cache. */
class SettingsPoliciesTest {

  @Test
  void sealKey_ofAnyText_seals() {
    assertThat(sealKeys("one")).containsExactly("one");
    assertThat(sealKeys("new, old,")).containsExactly("new", "old");
    assertThat(sealKeys(",")).as("nobody is left unsealed who has asked for it").isNotEmpty();
  }

  private static List<String> sealKeys(String text) {
    Settings settings = Settings.of(Map.of("backend", "redis", "seal.key", text));
    return new SettingsPolicies(settings).remote("a").sealKeys();
  }
}
