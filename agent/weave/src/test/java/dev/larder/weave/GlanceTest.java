/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Glances at class files, whole and broken ones. */
class GlanceTest {

  private static final Wanted WANTED =
      new Wanted(List.of(List.of("Ldev/larder/Cache;"), List.of("java/lang/Runnable")));

  abstract static class Known extends Bodies implements Runnable, Comparable<Known> {
    static final long LONG = 1L << 33;
    static final double DOUBLE = 0.1;

    double both() {
      return LONG + DOUBLE;
    }
  }

  @Test
  void glance_atAClass_tellsItsNames() {
    Glance glance = Glance.at(WovenClasses.bytesOf(Known.class), WANTED);
    assertThat(glance.name()).isEqualTo("dev/larder/weave/GlanceTest$Known");
    assertThat(glance.superName()).isEqualTo("dev/larder/weave/Bodies");
    assertThat(glance.interfaceCount()).isEqualTo(2);
    assertThat(glance.interfaceName(0)).isEqualTo("java/lang/Runnable");
    assertThat(glance.interfaceName(1)).isEqualTo("java/lang/Comparable");
    assertThat(glance.isInterface()).isFalse();
    assertThat(glance.version()).isGreaterThanOrEqualTo(61);
    assertThat(glance.has(0)).isFalse();
    assertThat(glance.has(1)).isTrue();
  }

  @Test
  void glance_atObject_hasNoSuperclass() {
    Glance glance = Glance.at(WovenClasses.bytesOf(Object.class), WANTED);
    assertThat(glance.superName()).isNull();
  }

  @Test
  void glance_atAnInterface_saysSo() {
    assertThat(Glance.at(WovenClasses.bytesOf(Runnable.class), WANTED).isInterface()).isTrue();
  }

  @Test
  void glance_atAnyBeginningOfAClass_neverThrows() {
    byte[] whole = WovenClasses.bytesOf(Known.class);
    Gate gate = new Gate(new Selection(List.of()), null);
    for (int length = 0; length < whole.length; length++) {
      byte[] beginning = Arrays.copyOf(whole, length);
      assertThatCode(() -> gate.decide(beginning, getClass().getClassLoader(), true))
          .as("the first %s bytes", length)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void glance_atBrokenBytes_neverThrows() {
    byte[] whole = WovenClasses.bytesOf(Known.class);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] broken = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        // Behind the magic number, which would end each glance at once.
        broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt();
      }
      try {
        Glance.at(broken, WANTED);
      } catch (RuntimeException thrown) {
        throw new AssertionError("seed " + seed + ", round " + round, thrown);
      }
    }
  }

  @Test
  void glance_atNoClass_isNull() {
    assertThat(Glance.at(new byte[0], WANTED)).isNull();
    assertThat(Glance.at(new byte[100], WANTED)).isNull();
  }
}
