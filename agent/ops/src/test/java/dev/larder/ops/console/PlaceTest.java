/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which names the console may be called, wherever it is. */
class PlaceTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9437, 127.0.0.1, localhost:9437, true",
    "[::1]:9437, ::1, [::1]:9437, true",
    "[::1]:9437, ::1, localhost:9437, true",
    "localhost:9437, 127.0.0.1, localhost:9437, true",
    "9437, 127.0.0.1, 127.0.0.1:9437, true",
    "shop.example:9437, 192.0.2.7, Shop.Example:9437, true",
    "shop.example:9437, 192.0.2.7, 192.0.2.7:9437, true",
    "shop.example:9437, 192.0.2.7, localhost:9437, false",
    "shop.example:9437, 192.0.2.7, 192.0.2.8:9437, false",
    "0.0.0.0:9437, 0.0.0.0, 192.0.2.8:9437, true",
    "0.0.0.0:9437, 0.0.0.0, [2001:db8::1]:9437, true",
    "0.0.0.0:9437, 0.0.0.0, 192.0.2.8:80, false",
    "0.0.0.0:9437, 0.0.0.0, evil.example:9437, false",
    "0.0.0.0:9437, 0.0.0.0, [evil]:9437, false",
    "0.0.0.0:80, 0.0.0.0, 192.0.2.8, true",
  })
  void host_ofARequest_isOneByWhichThePlaceMayBeCalled(
      String told, String address, String host, boolean may) throws UnknownHostException {
    InetSocketAddress bound =
        new InetSocketAddress(
            InetAddress.getByName(address), Place.toListenAt("1:" + port(told)).getPort());

    assertThat(Place.of(told, bound).isNamedBy(host)).isEqualTo(may);
    assertThat(Place.of(told, bound).isOrigin("http://" + host)).isEqualTo(may);
  }

  private static String port(String told) {
    return told.substring(told.lastIndexOf(':') + 1);
  }
}
