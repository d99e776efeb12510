/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.KeyParts;
import java.lang.invoke.MethodType;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CallArgumentsTest {

  private final MethodType type = MethodType.methodType(String.class, long.class, String.class);

  private boolean allCount(MethodType type, Integer... ignored) {
    return new CallArguments(new KeyParts(FieldAccess.plain()), type, Set.of(ignored)).allCount();
  }

  @Test
  void allCount_oneIsIgnored_isFalseWhereverItStands() {
    assertThat(allCount(type)).isTrue();
    assertThat(allCount(type, 0)).isFalse();
    assertThat(allCount(type, 1)).isFalse();
    assertThat(allCount(type, 0, 1)).isFalse();
  }

  @Test
  void allCount_withoutParameters_isTrue() {
    assertThat(allCount(MethodType.methodType(String.class))).isTrue();
  }
}
