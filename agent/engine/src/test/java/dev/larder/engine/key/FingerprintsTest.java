/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private final Fingerprints fingerprints = new Fingerprints(FieldAccess.plain());

  /** No equals, no property, and a field that leads back. */
  static final class Node {
    private final String name;
    private final List<Node> next = new ArrayList<>();

    @SuppressWarnings("unused") // read by its field
    private transient int computed;

    Node(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      throw new IllegalStateException("nobody asked for " + name);
    }
  }

  /** Would load what it holds. */
  static final class Lazy extends AbstractList<Object> {
    static final AtomicInteger ASKED = new AtomicInteger();

    @SuppressWarnings("unused") // read by its field
    private final String query;

    Lazy(String query) {
      this.query = query;
    }

    @Override
    public Object get(int index) {
      return ASKED.incrementAndGet();
    }

    @Override
    public int size() {
      return ASKED.incrementAndGet();
    }
  }

  private static Node circle(String first, String second) {
    Node one = new Node(first);
    Node two = new Node(second);
    one.next.add(two);
    two.next.add(one);
    return one;
  }

  @Test
  void results_thatAreEqualByValue_haveEqualFingerprints() throws NoKeyException {
    Map<String, Object> some = new HashMap<>();
    Map<String, Object> same = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      some.put("key " + i, List.of(i, new BigDecimal("1.10")));
      same.put("key " + (49 - i), new ArrayList<>(List.of(49 - i, new BigDecimal("1.10"))));
    }
    assertThat(of(some)).isEqualTo(of(same));
    assertThat(of(circle("a", "b"))).isEqualTo(of(circle("a", "b")));
    assertThat(of(Optional.of("x".repeat(5_000)))).isEqualTo(of(Optional.of("x".repeat(5_000))));
    Node computed = new Node("a");
    computed.computed = 7;
    assertThat(of(computed)).as("what is only remembered").isEqualTo(of(new Node("a")));
  }

  @Test
  void results_thatDiffer_haveDifferentFingerprints() throws NoKeyException {
    byte[] bytes = new byte[10_000];
    bytes[9_999] = 1;
    List<Object> different =
        List.of(
            1,
            1L,
            "1",
            List.of("1"),
            circle("a", "b"),
            circle("a", "c"),
            "x".repeat(5_000),
            "x".repeat(4_999) + "y",
            new byte[10_000],
            bytes,
            Optional.empty(),
            Map.of(),
            List.of());
    assertThat(different.stream().map(this::sound).distinct()).hasSameSizeAs(different);
  }

  @Test
  void result_thatIsWorkOrLarge_hasNoFingerprint() {
    for (Object each :
        List.of(
            new ByteArrayInputStream(new byte[1]),
            Stream.of(1),
            List.of(1).iterator(),
            new IllegalStateException(),
            (Runnable) () -> {},
            Collections.nCopies(2_000, 1),
            new int[100_000],
            "x".repeat(2_000_000),
            new byte[2_000_000])) {
      assertThatThrownBy(() -> of(each))
          .as("%s", each.getClass())
          .isInstanceOf(NoKeyException.class);
    }
  }

  @Test
  void applicationsOwnCollection_isNotIterated() {
    long lazy = sound(new Lazy("a"));

    assertThat(sound(new Lazy("b"))).isNotEqualTo(lazy);
    assertThat(Lazy.ASKED).hasValue(0);
  }

  @Test
  void partsOfKeys_differByOwnerAndByPart() {
    assertThat(Fingerprints.ofParts(1, 7L, "a")).isEqualTo(Fingerprints.ofParts(1, 7L, "a"));
    assertThat(Fingerprints.ofParts(1, 7L, "a"))
        .isNotEqualTo(Fingerprints.ofParts(2, 7L, "a"))
        .isNotEqualTo(Fingerprints.ofParts(1, 8L, "a"))
        .isNotEqualTo(Fingerprints.ofParts(1, 7L, "b"))
        .isNotEqualTo(Fingerprints.ofParts(1, 7L, null));
  }

  private long of(Object result) throws NoKeyException {
    return fingerprints.ofResult(result);
  }

  private long sound(Object result) {
    try {
      return of(result);
    } catch (NoKeyException none) {
      throw new AssertionError(none);
    }
  }
}
