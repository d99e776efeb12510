/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import io.lettuce.core.RedisException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class GetCellTest {

  private static String encoded(String key) {
    ByteBuf buffer = Unpooled.buffer();
    new GetCell(key).encode(buffer);
    return buffer.toString(UTF_8);
  }

  private static void assertFails(GetCell get, Kind kind) {
    assertThat(get).isDone();
    assertThatThrownBy(get::get)
        .cause()
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  @Test
  void encode_anyKey_isACommandWithItsLengthInBytes() {
    assertThat(encoded("shop:products:7L"))
        .isEqualTo("*2\r\n$3\r\nGET\r\n$16\r\nshop:products:7L\r\n");
    assertThat(encoded("käse 🧀")).isEqualTo("*2\r\n$3\r\nGET\r\n$10\r\nkäse 🧀\r\n");
  }

  @Test
  void args_ofAKey_tellWhereItIs() {
    assertThat(new GetCell("shop:käse").getArgs().getFirstEncodedKey())
        .isEqualTo(ByteBuffer.wrap("shop:käse".getBytes(UTF_8)));
  }

  @Test
  void complete_withBytesOrNone_givesThemWithoutAStageBetween() {
    GetCell found = new GetCell("shop:a");
    found.getOutput().set(ByteBuffer.wrap("value".getBytes(UTF_8)));
    found.complete();
    assertThat(found.toCompletableFuture()).isSameAs(found);
    assertThat(found.getNow(null)).asString(UTF_8).isEqualTo("value");

    GetCell none = new GetCell("shop:a");
    none.getOutput().set((ByteBuffer) null);
    none.complete();
    assertThat(none).isCompletedWithValue(null);
  }

  @Test
  void complete_withARefusal_isAbsentIfItIsNoStringAndElseFails() {
    GetCell list = new GetCell("shop:a");
    list.getOutput().setError("WRONGTYPE Operation against a key holding the wrong kind of value");
    list.complete();
    assertThat(list).isCompletedWithValue(null);

    GetCell refused = new GetCell("shop:a");
    refused.getOutput().setError("NOPERM this user has no permissions");
    refused.complete();
    assertFails(refused, Kind.REFUSED);

    GetCell loading = new GetCell("shop:a");
    loading.getOutput().setError("LOADING Redis is loading the dataset in memory");
    loading.complete();
    assertFails(loading, Kind.UNAVAILABLE);
  }

  @Test
  void cancel_orFailure_isInTheWordsOfTheSpi() {
    GetCell cancelled = new GetCell("shop:a");
    cancelled.cancel();
    assertFails(cancelled, Kind.UNAVAILABLE);

    GetCell failed = new GetCell("shop:a");
    failed.completeExceptionally(new RedisException("Connection closed"));
    assertFails(failed, Kind.UNAVAILABLE);
  }
}
