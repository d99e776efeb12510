/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.key.FieldAccess;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTest {

  private final Differences differences = new Differences(FieldAccess.plain());

  @ParameterizedTest
  @ValueSource(
      classes = {
        byte.class,
        short.class,
        char.class,
        int.class,
        long.class,
        float.class,
        double.class,
        boolean.class
      })
  void arrays_ofEachPrimitiveType_differWhereTheyDo(Class<?> type) {
    Object one = Array.newInstance(type, 5);
    Object other = Array.newInstance(type, 5);
    assertThat(differences.between(one, other)).isNull();

    if (type == boolean.class) {
      Array.setBoolean(other, 3, true);
    } else if (type == char.class) {
      Array.setChar(other, 3, 'a');
    } else {
      Array.setByte(other, 3, (byte) 1);
    }

    assertThat(differences.between(one, other)).startsWith("result[3]");
  }

  /** A name for each byte of a file would take hundreds of milliseconds. */
  @Test
  void arrays_thatAreLong_areComparedWithoutANameForEachElement() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] one = new byte[1 << 20];
    byte[] other = new byte[1 << 20];
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThat(differences.between(one, other)).isNull();

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }
}
