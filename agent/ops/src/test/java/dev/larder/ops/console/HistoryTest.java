/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the console remembers. */
class HistoryTest {

  private final History history = new History();

  @Test
  void ratio_ofASample_isThatOfTheCallsSinceTheOneBefore() {
    look(1, 10, 10);
    look(2, 19, 11);
    look(3, 19, 11);
    look(4, 5, 2); // one rule less

    assertThat(history.since(0))
        .extracting(History.Sample::hitRatio)
        .containsExactly(0.5, 0.9, null, null);
    assertThat(history.since(2)).extracting(History.Sample::time).containsExactly(3L, 4L);
  }

  @Test
  void samples_moreThanThereIsRoomFor_loseTheOldest() {
    for (int i = 1; i <= History.MOST + 2; i++) {
      look(i, i, 0);
    }

    assertThat(history.since(0)).hasSize(History.MOST);
    assertThat(history.since(0).get(0).time()).isEqualTo(3);
  }

  private void look(long time, long hits, long misses) {
    List<CacheFigures> all =
        CacheFigures.all(new FakeHoldings().with("a", hits, misses, 1, 2_000_000));
    history.add(time, all);
  }
}
