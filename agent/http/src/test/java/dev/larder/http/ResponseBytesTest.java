/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That responses come back from bytes as they were, and never from half of them. */
final class ResponseBytesTest {

  private static final StoredResponse RESPONSE =
      new StoredResponse(
          "http://a.example",
          List.of("Accept-Language", "X"),
          Arrays.asList("de, en", null),
          203,
          List.of(new StoredResponse.Field("X-Ü", "ü, ☃"), new StoredResponse.Field("X", "")),
          "body ☃".getBytes(StandardCharsets.UTF_8),
          1,
          2,
          new StoredResponse.Terms(3, 4, 5, 6, true, false),
          List.of("tag"));

  @Test
  void responses_writtenAndRead_areTheSame() throws IOException {
    Variants read = ResponseBytes.read(ResponseBytes.of(new Variants(List.of(RESPONSE, RESPONSE))));
    assertThat(read.responses()).hasSize(2);
    assertThat(read.responses().get(1)).usingRecursiveComparison().isEqualTo(RESPONSE);
  }

  @Test
  void bytes_cutShort_areNoResponse() {
    byte[] whole = ResponseBytes.of(new Variants(List.of(RESPONSE)));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ResponseBytes.read(part)).isInstanceOf(IOException.class);
    }
  }
}
