/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.config.Settings;
import dev.larder.engine.expr.Names;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.KeyParts;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.Policies.EvictPolicy;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes that can be compiled, and what is said of those that cannot. */
final class AttributesTest {

  private static final FieldAccess ACCESS = FieldAccess.plain();

  @SuppressWarnings("unused") // found by its name, as the body of a target
  static String find(long id) {
    return "" + id;
  }

  @ParameterizedTest
  @CsvSource({
    "key, {result.name}, 1",
    "key, a{id}{result}, 6",
    "condition, id > 1 && result == null, 10"
  })
  void result_ofALookUp_isNotKnownBeforeTheCall(String attribute, String text, int position) {
    assertThatThrownBy(
            () -> Attributes.ofLookUp(spec(), policy(attribute, text), body(), parts(), ACCESS))
        .isInstanceOf(FaultyAttribute.class)
        .hasMessageStartingWith(attribute + " = " + text)
        .hasMessageContaining("'result' is not known before the call")
        .hasMessageContaining("(at position " + position + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "condition", "unless", "tags"})
  void result_ofAPut_isKnown(String attribute) {
    String text =
        attribute.equals("key") || attribute.equals("tags") ? "{result}" : "result == '1'";
    assertThatCode(() -> Attributes.ofPut(spec(), policy(attribute, text), body(), parts(), ACCESS))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"key|{id}{nope}|5", "tags|a,b{nope}|4", "condition|id === 1|5"})
  void faultOfAnEviction_namesAttributeAndPosition(String attribute, String text, int position) {
    EvictPolicy policy =
        new EvictPolicy(
            attribute.equals("key") ? text : null,
            attribute.equals("tags") ? text : null,
            false,
            attribute.equals("condition") ? text : null,
            false);
    Evictions evictions = new Evictions(new Probe().engine, spec());

    for (boolean byFile : new boolean[] {false, true}) {
      Map<String, String> given = byFile ? Map.of(TargetSpec.BY_FILE, "true") : Map.of();
      Operation operation = new Operation("c", given);
      assertThatThrownBy(() -> evictions.add(operation, policy, Names.of("id"), ACCESS))
          .isInstanceOf(FaultyAttribute.class)
          .hasMessageStartingWith((byFile ? "evict-" : "") + attribute + " = " + text)
          .hasMessageContaining("(at position " + position + ")");
    }
  }

  @Test
  void nameOfACache_withAControlCharacter_leavesTheMethodUncached() {
    Probe probe = new Probe();
    TargetSpec spec = spec("first\nsecond");
    Target target = probe.engine.target(spec, MethodHandles.lookup());

    assertThat(target.caching()).isNull();
    assertThat(probe.engine.cacheNames()).isEmpty();
  }

  private static TargetSpec spec() {
    return spec("c");
  }

  private static TargetSpec spec(String cache) {
    return new TargetSpec(
        AttributesTest.class.getName(),
        "find",
        "(J)Ljava/lang/String;",
        true,
        List.of("id"),
        Set.of(),
        new Operation(cache, Map.of()),
        List.of(),
        List.of(),
        List.of(),
        EnumSet.noneOf(TargetSpec.Trait.class));
  }

  private static CachePolicy policy(String attribute, String text) throws FaultyAttribute {
    return new SettingsPolicies(Settings.none()).of(new Operation("c", Map.of(attribute, text)));
  }

  private static Body body() {
    return new Body(MethodHandles.lookup(), spec());
  }

  private static KeyParts parts() {
    return new KeyParts(ACCESS);
  }
}
