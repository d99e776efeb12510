/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which removals are done once the backend is back, and in which order. */
class MissedTest {

  private final Missed missed = new Missed();
  private final List<String> redone = new ArrayList<>();

  private Link.Removal removal(String name) {
    return turn -> redone.add(name);
  }

  private void add(String cache, String key) {
    add(cache, key, key);
  }

  private void add(String cache, String key, String name) {
    missed.add(cache, key, removal(name), removal("clear of " + cache));
  }

  private void addMany(String cache, int keys) {
    for (int i = 0; i < keys; i++) {
      add(cache, cache + i);
    }
  }

  /** One that is due; null for nothing. */
  private Missed.Due next() {
    return missed.next(1).stream().findFirst().orElse(null);
  }

  /** Does all that is due, as a link does. */
  private List<String> replay() {
    redone.clear();
    for (Missed.Due due = next(); due != null; due = next()) {
      due.redo(null);
      missed.done(due);
    }
    return redone;
  }

  @Test
  void next_ofNothing_isNull() {
    assertThat(next()).isNull();
    assertThat(missed.size()).isZero();
  }

  @Test
  void keys_areReplayedOnceInTheOrderInWhichTheyCameFirst() {
    add("us", "b");
    add("us", "a");
    add("users", "c");
    add("us", "b", "b again");
    assertThat(missed.size()).isEqualTo(3);

    assertThat(replay()).containsExactly("b again", "a", "c");

    assertThat(missed.size()).isZero();
    assertThat(replay()).isEmpty();
  }

  @Test
  void next_untilItIsDone_staysTheSame() {
    add("us", "a");

    Missed.Due due = next();

    assertThat(next()).isSameAs(due);
    missed.done(due);
    assertThat(next()).isNull();
  }

  @Test
  void clear_takesThePlaceOfItsKeys_andComesFirst() {
    add("us", "a");
    add("users", "b");
    missed.addClear("us", removal("clear"));

    assertThat(replay()).containsExactly("clear", "b");
  }

  @Test
  void key_removedWhileAClearIsDue_isCoveredByAnotherClear() {
    missed.addClear("us", removal("clear"));
    Missed.Due underWay = next();
    add("us", "a");

    missed.done(underWay);

    assertThat(replay()).as("the first may have been too early").containsExactly("clear of us");
  }

  @Test
  void key_removedAgainWhileItIsReplayed_isReplayedAgain() {
    add("us", "a");
    Missed.Due underWay = next();
    add("us", "a", "a again");

    missed.done(underWay);

    assertThat(replay()).containsExactly("a again");
  }

  @Test
  void done_ofWhatAClearHasReplaced_leavesTheClear() {
    add("us", "a");
    Missed.Due underWay = next();
    missed.addClear("us", removal("clear"));

    missed.done(underWay);

    assertThat(replay()).containsExactly("clear");
  }

  @Test
  void keys_asManyAsAreRemembered_areEachReplayed() {
    addMany("us", Missed.MOST_OF_ONE);
    add("us", "us0", "the last of us0");

    assertThat(missed.size()).isEqualTo(Missed.MOST_OF_ONE);
    assertThat(replay()).hasSize(Missed.MOST_OF_ONE).startsWith("the last of us0", "us1");
  }

  @Test
  void keys_oneMoreThanAreRemembered_becomeOneClearOfTheirCacheAlone() {
    add("users", "b");
    addMany("us", Missed.MOST_OF_ONE + 1);

    assertThat(missed.size()).isEqualTo(2);
    assertThat(replay()).containsExactly("clear of us", "b");
  }

  @Test
  void keys_afterAReplay_areRememberedOneByOneAgain() {
    addMany("us", Missed.MOST_OF_ONE + 1);
    replay();

    add("us", "a");

    assertThat(replay()).containsExactly("a");
  }
}
