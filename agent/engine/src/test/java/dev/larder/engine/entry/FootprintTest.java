/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.key.FieldAccess;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnusedVariable") // what is weighed
class FootprintTest {

  private static final int BIG = 1_000_000;

  private final Footprint footprint = new Footprint(FieldAccess.plain());

  private long weigh(Object value) {
    return footprint.of(Entry.of(value, null, "", 0, new Lifetime(1, 0, 0, 0, 0), List.of()));
  }

  /** What goes on for ever, or asks a server for its next page, where somebody asks it. */
  private static final class Pages extends AbstractList<String> {
    private final char[] first = new char[500_000];

    @Override
    public String get(int index) {
      throw new AssertionError("element " + index + " was asked for");
    }

    @Override
    public int size() {
      throw new AssertionError("the size was asked for");
    }

    @Override
    public Iterator<String> iterator() {
      throw new AssertionError("an iterator was asked for");
    }

    @Override
    public void forEach(Consumer<? super String> action) {
      throw new AssertionError("each element was asked for");
    }
  }

  private static final class PagesByName extends AbstractMap<String, String> {
    private final char[] first = new char[500_000];

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      throw new AssertionError("the entries were asked for");
    }
  }

  @Test
  void collection_ofTheApplications_isReadByItsFields() {
    assertThat(weigh(new Pages())).isBetween((long) BIG, BIG + 2_000L);
    assertThat(weigh(new PagesByName())).isBetween((long) BIG, BIG + 2_000L);
    assertThat(weigh(List.of(new Pages()))).isPositive();
  }

  @Test
  void viewOfTheJdks_ofWhatIsTheApplications_isNotAsked() {
    assertThat(weigh(Collections.unmodifiableList(new Pages()))).isPositive();
    assertThat(weigh(Collections.synchronizedMap(new PagesByName()))).isPositive();
  }

  @Test
  void collection_withMoreThanIsLookedAt_isWeighedInProportion() {
    List<Long> list =
        IntStream.range(0, BIG)
            .mapToObj(i -> i + (1L << 40))
            .collect(Collectors.toCollection(ArrayList::new));
    assertThat(weigh(list)).isBetween(30L * BIG, 70L * BIG);

    Map<Long, Long> map = new TreeMap<>();
    list.forEach(each -> map.put(each, each + BIG));
    assertThat(weigh(map)).isBetween(50L * BIG, 150L * BIG);

    assertThat(weigh(list.toArray())).isBetween(20L * BIG, 50L * BIG);
  }
}
