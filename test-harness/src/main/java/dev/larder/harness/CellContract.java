/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend does with one cell: which bytes it keeps, under which key, and for how long. */
abstract class CellContract extends TwoBackends {

  /** Texts that some server, client or template may take for something else. */
  static final List<String> HOSTILE = hostile();

  /** A moment may be missed by so many milliseconds, either way. */
  private static final long PRECISION = 20;

  @Test
  void get_nothingThere_null() throws Exception {
    assertThat(get(key("absent"))).isNull();
  }

  @Test
  void put_anyBytes_theOtherReadsThemBitForBit() throws Exception {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    for (byte[] value :
        List.of(
            new byte[0],
            new byte[1],
            every,
            bytes("\r\nEND\r\n"),
            random(70_000),
            random(largeValue()))) {
      String key = key("bytes");
      put(key, value);
      assertThat(get(key)).isEqualTo(value);
    }
  }

  @Test
  void put_overAnother_theLaterStands() throws Exception {
    String key = key("twice");
    put(key, random(1_000));
    put(key, bytes("later"));
    assertThat(get(key)).isEqualTo(bytes("later"));
  }

  @Test
  void put_tooLarge_refusedWithOneWarningAndNothingChanged() throws Exception {
    assumeThat(tooLargeValue()).as("this backend takes whatever fits into memory").isPositive();
    String key = key("large");
    put(key, bytes("before"));
    byte[] large = new byte[tooLargeValue()];
    assertThat(done(backend.put(key, large, MINUTE, soon()))).isEqualTo(Outcome.TOO_LARGE);
    assertThat(done(backend.replace(key, bytes("before"), large, MINUTE, soon())))
        .isEqualTo(Outcome.TOO_LARGE);
    assertThatThrownBy(() -> done(backend.putIfAbsent(key("new"), large, MINUTE, soon())))
        .isInstanceOfSatisfying(
            BackendException.class,
            refused -> assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE));
    assertThat(get(key)).isEqualTo(bytes("before"));
    assertThat(told.warnings()).filteredOn(text -> text.contains("too large")).hasSize(1);
  }

  @Test
  void getAll_someThere_inTheKeysOrder() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      keys.add(key("all"));
      if (i % 3 != 0) {
        put(keys.get(i), bytes("value " + i));
      }
    }
    keys.add(keys.get(1));
    List<byte[]> found = done(other.getAll(keys, soon()));
    assertThat(found).hasSize(31);
    for (int i = 0; i < 30; i++) {
      assertThat(found.get(i)).isEqualTo(i % 3 == 0 ? null : bytes("value " + i));
    }
    assertThat(found.get(30)).isEqualTo(bytes("value 1"));
    assertThat(done(other.getAll(List.of(), soon()))).isEmpty();
  }

  private static List<String> hostile() {
    String longer = "x".repeat(10_000);
    return List.of(
        "",
        " ",
        "  ",
        "a",
        "A",
        "a ",
        " a",
        "a b",
        "a  b",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "a\0b",
        "a:b",
        "a::b",
        "*",
        "?",
        "[a]",
        "{a}",
        "{b}",
        "{}",
        "}{",
        "\\",
        "\"",
        "'",
        "%20",
        "/",
        "#",
        "é",
        "e\u0301",
        "日本",
        "\ud83d\ude00",
        "\ud83d\ude01",
        "\ud800",
        "\udc00",
        "\uffff",
        "get a",
        "\u0000",
        longer,
        longer + "y",
        longer + " ",
        "ö".repeat(300),
        "ö".repeat(300) + "a",
        "x".repeat(250),
        "x".repeat(251));
  }

  @Test
  void keys_ofAnyText_areApart() throws Exception {
    String base = key("hostile");
    for (String name : HOSTILE) {
      put(base + name, bytes("of " + name.length() + Arrays.toString(name.toCharArray())));
    }
    for (String name : HOSTILE) {
      assertThat(get(base + name))
          .isEqualTo(bytes("of " + name.length() + Arrays.toString(name.toCharArray())));
    }
    assertThat(done(backend.remove(base + "a b", soon()))).isTrue();
    assertThat(get(base + "a b")).isNull();
    assertThat(get(base + "a  b")).isNotNull();
    assertThat(get(base + "a")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 1_000, 1_700})
  void put_withATimeToLive_goneToTheMillisecond(long millis) throws Exception {
    String key = key("ttl");
    long started = System.nanoTime();
    done(backend.put(key, bytes("value"), millis, soon()));
    assertGoneAfter(key, millis, started, System.nanoTime());
  }

  /** Reads until the time is over: each answer that comes too early or too late fails. */
  private void assertGoneAfter(String key, long millis, long started, long ended) throws Exception {
    long earliest = started + TimeUnit.MILLISECONDS.toNanos(millis - PRECISION);
    long latest = ended + TimeUnit.MILLISECONDS.toNanos(millis + PRECISION);
    while (true) {
      long asked = System.nanoTime();
      byte[] value = get(key);
      long answered = System.nanoTime();
      if (value == null) {
        assertThat(answered - earliest).as("nanoseconds after the earliest end").isPositive();
      } else {
        assertThat(asked - latest).as("nanoseconds after the latest end").isNegative();
      }
      if (asked - latest > 0) {
        return;
      }
    }
  }

  @Test
  void put_forever_isThere() throws Exception {
    String key = key("forever");
    done(backend.put(key, bytes("value"), Backend.FOREVER, soon()));
    assertThat(get(key)).isEqualTo(bytes("value"));
    assertThat(done(other.getTimed(key, soon())).millis())
        .isBetween(Backend.FOREVER - MINUTE, Backend.FOREVER);
  }

  @Test
  void put_forLongerThanForever_isThereForSoLong() throws Exception {
    String key = key("longer");
    long millis = 2 * Backend.FOREVER;
    done(backend.put(key, bytes("value"), millis, soon()));
    assertThat(get(key)).isEqualTo(bytes("value"));
    assertThat(done(other.getTimed(key, soon())).millis()).isBetween(millis - MINUTE, millis);
  }

  @Test
  void getTimed_afterAWhile_tellsWhatIsLeft() throws Exception {
    String key = key("timed");
    assertThat(done(other.getTimed(key, soon()))).isNull();
    put(key, bytes("value"));
    Timed first = done(other.getTimed(key, soon()));
    assertThat(first.value()).isEqualTo(bytes("value"));
    assertThat(first.millis()).isBetween(MINUTE - 1_000, MINUTE);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () ->
                assertThat(done(other.getTimed(key, soon())).millis())
                    .isLessThan(first.millis() - 20));
  }

  @Test
  void touch_aShorterTime_isHeld() throws Exception {
    String key = key("touch");
    assertThat(done(backend.touch(key, MINUTE, soon()))).isFalse();
    put(key, bytes("value"));
    assertThat(done(backend.touch(key, 2 * MINUTE, soon()))).isTrue();
    assertThat(done(other.getTimed(key, soon())).millis()).isGreaterThan(MINUTE);
    long started = System.nanoTime();
    assertThat(done(backend.touch(key, 150, soon()))).isTrue();
    assertGoneAfter(key, 150, started, System.nanoTime());
    assertThat(done(backend.touch(key, MINUTE, soon()))).as("what is gone").isFalse();
  }

  @Test
  void remove_thereOrNot_tells() throws Exception {
    String key = key("remove");
    assertThat(done(backend.remove(key, soon()))).isFalse();
    put(key, bytes("value"));
    assertThat(done(other.remove(key, soon()))).isTrue();
    assertThat(done(backend.get(key, soon()))).isNull();
    done(backend.put(key, bytes("value"), 30, soon()));
    Awaitility.await().until(() -> get(key) == null);
    assertThat(done(other.remove(key, soon()))).as("what is gone").isFalse();
  }

  @Test
  void removeIf_equalOrNot_tells() throws Exception {
    String key = key("removeIf");
    assertThat(done(backend.removeIf(key, bytes("value"), soon()))).isFalse();
    put(key, bytes("value"));
    assertThat(done(other.removeIf(key, bytes("valu"), soon()))).isFalse();
    assertThat(done(other.removeIf(key, bytes("values"), soon()))).isFalse();
    assertThat(done(other.removeIf(key, bytes("Value"), soon()))).isFalse();
    assertThat(get(key)).isEqualTo(bytes("value"));
    assertThat(done(other.removeIf(key, bytes("value"), soon()))).isTrue();
    assertThat(get(key)).isNull();
  }

  @Test
  void exchange_givesTheHeadOfWhatWasThere() throws Exception {
    String key = key("exchange");
    assertThat(done(backend.exchange(key, bytes("first"), MINUTE, 8, soon()))).isNull();
    assertThat(done(other.exchange(key, bytes("second"), MINUTE, 3, soon())))
        .isEqualTo(bytes("fir"));
    assertThat(done(backend.exchange(key, new byte[0], MINUTE, 100, soon())))
        .isEqualTo(bytes("second"));
    assertThat(done(backend.exchange(key, bytes("third"), MINUTE, 100, soon()))).isEmpty();
    assertThat(done(backend.exchange(key, bytes("fourth"), 30, 0, soon()))).isEmpty();
    Awaitility.await().until(() -> get(key) == null);
    assertThat(done(backend.exchange(key, bytes("fifth"), MINUTE, 8, soon())))
        .as("what is gone")
        .isNull();
    assertThat(get(key)).isEqualTo(bytes("fifth"));
  }
}
