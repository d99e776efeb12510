/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.TargetSpec.Operation;
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

  /** The evictions and puts that it is to meet have the same text. */
  @Test
  void key_ofAnAnnotation_keepsItsBlanks() throws FaultyAttribute {
    SettingsPolicies policies = new SettingsPolicies(Settings.none());
    Operation operation = new Operation("a", Map.of("key", " {id} "));

    assertThat(policies.of(operation).key())
        .isEqualTo(" {id} ")
        .isEqualTo(policies.evict(operation).key());
  }

  @Test
  void wrongValue_ofAnAnnotation_isNamedAsItIsThere() {
    SettingsPolicies policies = new SettingsPolicies(Settings.none());
    Operation operation = new Operation("a", Map.of("stale-if-error", "soon"));

    assertThatThrownBy(() -> policies.of(operation))
        .isInstanceOf(FaultyAttribute.class)
        .hasMessageStartingWith("staleIfError = soon: ");
  }

  private static List<String> sealKeys(String text) {
    Settings settings = Settings.of(Map.of("backend", "redis", "seal.key", text));
    return new SettingsPolicies(settings).remote("a").sealKeys();
  }
}
