/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShapesTest {

  record Point(int x, int y) {}

  record Node(Node next, List<Point> points) {}

  static final class Types {
    List<Point> points() {
      return List.of();
    }

    List<UUID> ids() {
      return List.of();
    }

    Node node() {
      return null;
    }
  }

  private static final long POINT = -8654799978546733053L;

  @Test
  void fingerprint_sameType_isTheSame() throws Exception {
    Type type = Types.class.getDeclaredMethod("points").getGenericReturnType();

    assertThat(Shapes.fingerprint(type)).isEqualTo(Shapes.fingerprint(type));
  }

  /** The number is what another JVM, on another machine, gives. */
  @Test
  void fingerprint_anyJvm_isThisOne() {
    assertThat(Shapes.fingerprint(Point.class)).isEqualTo(POINT);
  }

  @Test
  void fingerprint_otherTypes_differ() {
    Set<Long> seen = new HashSet<>();
    for (Method each : Types.class.getDeclaredMethods()) {
      assertThat(seen.add(Shapes.fingerprint(each.getGenericReturnType()))).isTrue();
    }
    assertThat(seen.add(Shapes.fingerprint(List.class))).isTrue();
  }
}
