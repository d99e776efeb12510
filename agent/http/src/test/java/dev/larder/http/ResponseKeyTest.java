/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests have a place in the store. */
final class ResponseKeyTest {

  private static final Rule RULE = Rule.named("r").query("id").build();

  private static ResponseKey key(String fields) {
    return ResponseKey.of(RULE, new Message(0, fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.test:99999",
        "shop.test:65536",
        "shop.test:",
        "shop.test:x",
        "a@shop.test",
        "shop test",
        "[::1",
        "[]"
      })
  void host_thatIsMalformed_hasNoKey(String host) {
    assertThat(key("Host: " + host)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.test", "shop.test:65535", "SHOP.test:1", "[::1]:80", "127.0.0.1"})
  void host_thatIsOne_hasAKey(String host) {
    assertThat(key("Host: " + host)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_method=PUT", "a=1&_method=PUT", "%5Fmethod=PUT", "a=1&_m%65thod=PUT", "a%=1"})
  void methodOverride_howeverItIsEncoded_hasNoKey(String query) {
    assertThat(key("Host: shop.test / query: " + query)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 3", "Transfer-Encoding: chunked", "body: untold"})
  void body_hasNoKey(String field) {
    assertThat(key("Host: shop.test / " + field)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "id=1&x=2, /a?id=1",
    "i%64=1&x=2, /a?i%64=1",
    "method=PUT&id=2, /a?id=2",
    "x_method=PUT, /a",
    "x=_method, /a"
  })
  void parameters_thatCount_areInTheKey(String query, String target) {
    assertThat(key("Host: shop.test / query: " + query).target()).isEqualTo(target);
  }
}
