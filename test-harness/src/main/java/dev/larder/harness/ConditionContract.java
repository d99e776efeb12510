/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.spi.Backend;
import dev.larder.spi.Capability;
import dev.larder.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a backend does on a condition, and where several do it at once: one of them is first. */
abstract class ConditionContract extends CellContract {

  @Test
  void putIfAbsent_thereOrNot_tellsWhatIsThere() throws Exception {
    String key = key("putIfAbsent");
    assertThat(done(backend.putIfAbsent(key, bytes("first"), 300, soon()))).isNull();
    assertThat(done(other.putIfAbsent(key, bytes("second"), MINUTE, soon())))
        .isEqualTo(bytes("first"));
    assertThat(get(key)).isEqualTo(bytes("first"));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> done(other.putIfAbsent(key, bytes("third"), MINUTE, soon())) == null);
    assertThat(get(key)).as("a server may be slow to delete").isEqualTo(bytes("third"));
  }

  @Test
  void replace_asExpectedOrNot_tells() throws Exception {
    String key = key("replace");
    assertThat(done(backend.replace(key, new byte[0], bytes("new"), MINUTE, soon())))
        .isEqualTo(Outcome.NOT_MET);
    put(key, bytes("token"));
    for (String wrong : List.of("", "toke", "tokens", "Token")) {
      assertThat(done(other.replace(key, bytes(wrong), bytes("new"), MINUTE, soon())))
          .isEqualTo(Outcome.NOT_MET);
    }
    assertThat(get(key)).isEqualTo(bytes("token"));
    assertThat(done(other.replace(key, bytes("token"), random(50_000), MINUTE, soon())))
        .isEqualTo(Outcome.DONE);
    assertThat(get(key)).isEqualTo(random(50_000));
    assertThat(done(other.replace(key, bytes("token"), bytes("new"), MINUTE, soon())))
        .isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void replace_ofWhatIsGone_notMet() throws Exception {
    String key = key("lapsed");
    done(backend.put(key, bytes("token"), 30, soon()));
    Awaitility.await().until(() -> get(key) == null);
    assertThat(done(other.replace(key, bytes("token"), bytes("new"), MINUTE, soon())))
        .isEqualTo(Outcome.NOT_MET);
    assertThat(get(key)).isNull();
  }

  @Test
  void lease_heldRenewedLostAndReleased() throws Exception {
    String key = key("lease");
    byte[] mine = bytes("lease of one");
    byte[] theirs = bytes("lease of another");
    assertThat(done(backend.putIfAbsent(key, mine, 250, soon()))).isNull();
    for (int i = 0; i < 5; i++) {
      assertThat(done(backend.replace(key, mine, mine, 250, soon()))).isEqualTo(Outcome.DONE);
      assertThat(done(other.putIfAbsent(key, theirs, 250, soon()))).isEqualTo(mine);
    }
    long renewed = System.nanoTime();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> done(other.putIfAbsent(key, theirs, MINUTE, soon())) == null);
    assertThat(Duration.ofNanos(System.nanoTime() - renewed))
        .isBetween(Duration.ofMillis(200), Duration.ofMillis(1_000));
    assertThat(done(backend.replace(key, mine, bytes("value"), MINUTE, soon())))
        .as("who lost the lease does not store")
        .isEqualTo(Outcome.NOT_MET);
    assertThat(done(backend.removeIf(key, mine, soon()))).isFalse();
    assertThat(done(other.removeIf(key, theirs, soon()))).isTrue();
    assertThat(done(backend.putIfAbsent(key, mine, MINUTE, soon()))).isNull();
  }

  @Test
  void guardedStore_whileTheOtherRemoves_neverStandsOverTheRemoval() throws Exception {
    for (int i = 0; i < 40; i++) {
      String key = key("guard");
      byte[] token = bytes("token " + i);
      byte[] value = bytes("value " + i);
      byte[] tombstone = bytes("tombstone " + i);
      assertThat(done(backend.putIfAbsent(key, token, MINUTE, soon()))).isNull();
      CompletionStage<Outcome> store = backend.replace(key, token, value, MINUTE, soon());
      CompletionStage<byte[]> removal = other.exchange(key, tombstone, MINUTE, 64, soon());
      boolean stored = done(store) == Outcome.DONE;
      assertThat(done(removal)).isEqualTo(stored ? value : token);
      assertThat(get(key)).isEqualTo(tombstone);
    }
  }

  @Test
  void putIfAbsent_byMany_oneIsFirst() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = key("first");
      List<byte[]> answers =
          together(
              8,
              i ->
                  done(
                      (i % 2 == 0 ? backend : other)
                          .putIfAbsent(key, bytes("of " + i), MINUTE, soon())));
      assertThat(answers.stream().filter(answer -> answer == null)).hasSize(1);
      byte[] winner = get(key);
      assertThat(answers.stream().filter(answer -> answer != null))
          .allMatch(a -> Arrays.equals(a, winner));
    }
  }

  @Test
  void replace_byMany_losesNoUpdate() throws Exception {
    String key = key("counter");
    put(key, bytes("0"));
    together(
        4,
        thread -> {
          Backend mine = thread % 2 == 0 ? backend : other;
          for (int i = 0; i < 25; ) {
            byte[] old = done(mine.get(key, soon()));
            byte[] next = bytes("" + (Integer.parseInt(new String(old, UTF_8)) + 1));
            i += done(mine.replace(key, old, next, MINUTE, soon())) == Outcome.DONE ? 1 : 0;
          }
          return null;
        });
    assertThat(get(key)).isEqualTo(bytes("100"));
  }

  @Test
  void exchange_byMany_eachIsGivenOnce() throws Exception {
    assumeThat(backend.capabilities()).contains(Capability.COUNT);
    String key = key("chain");
    put(key, bytes("start"));
    List<List<String>> given =
        together(
            4,
            thread -> {
              List<String> mine = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                byte[] value = bytes(thread + "/" + i);
                byte[] old =
                    done(
                        (thread % 2 == 0 ? backend : other)
                            .exchange(key, value, MINUTE, 64, soon()));
                mine.add(new String(old, UTF_8));
              }
              return mine;
            });
    Set<String> all = new TreeSet<>();
    given.forEach(all::addAll);
    all.add(new String(get(key), UTF_8));
    assertThat(all).hasSize(81);
  }

  @Test
  void everyCall_byMany_readsItsOwnWrites() throws Exception {
    together(
        8,
        thread -> {
          Backend mine = thread % 2 == 0 ? backend : other;
          Random random = new Random(thread);
          for (int i = 0; i < 100; i++) {
            String key = prefix + ":many:" + thread + "/" + random.nextInt(20);
            byte[] value = bytes(key + " at " + i);
            done(mine.put(key, value, MINUTE, soon()));
            assertThat(done(mine.get(key, soon()))).isEqualTo(value);
          }
          return null;
        });
  }
}
