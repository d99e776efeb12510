/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.spi.BackendSettings;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemcachedSettingsTest {

  private static MemcachedSettings of(Map<String, String> values) {
    return MemcachedSettings.of(new BackendSettings("shop", 250, values));
  }

  @Test
  void of_severalServers_inTheirOrder() {
    assertThat(of(Map.of("memcached.servers", "a:1, b.example:2,[::1]:3")).servers())
        .containsExactly(
            InetSocketAddress.createUnresolved("a", 1),
            InetSocketAddress.createUnresolved("b.example", 2),
            InetSocketAddress.createUnresolved("::1", 3));
  }

  @Test
  void of_nothing_isThisMachine() {
    assertThat(of(Map.of()).servers())
        .containsExactly(InetSocketAddress.createUnresolved("localhost", 11211));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":1", "host:x", "host:65536", "a:1,,b:2", ""})
  void of_aWrongServer_saysWhatIsAllowed(String servers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("memcached.servers", servers)))
        .withMessageContaining("host:port, host:port");
  }

  @Test
  void of_halfOfTheCredentials_saysWhichHalf() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("memcached.password", "s3cret")))
        .withMessageContaining("memcached.username")
        .withMessageNotContaining("s3cret");
    assertThat(of(Map.of("memcached.username", "u", "memcached.password", "s3cret")).toString())
        .doesNotContain("s3cret");
  }

  @Test
  void expiration_overThirtyDays_countsFrom1970() {
    long day = 24L * 60 * 60 * 1_000;
    long now = System.currentTimeMillis() / 1_000;
    assertThat(Cell.lasting(1, new byte[0]).expiration()).isBetween(1, 2);
    assertThat(Cell.lasting(day, new byte[0]).expiration()).isBetween(86_401, 86_402);
    assertThat((long) Cell.lasting(30 * day, new byte[0]).expiration())
        .isBetween(now + 30 * 86_400, now + 30 * 86_400 + 5);
  }
}
