/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.larder.engine.codec.DecodedEntry;
import dev.larder.engine.codec.EntryCodec;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.JsonCodec;
import dev.larder.engine.codec.OpenTypes;
import dev.larder.engine.codec.Seal;
import dev.larder.engine.key.FieldAccess;
import dev.larder.spi.CodecException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What a backend may give: any bytes are an entry or a miss, and any value is read or refused.
 *
 * <p>What is fuzzed lies behind the format's own guards, as an attacker would write it: length, key
 * and checksum are made right.
 */
class EntryFuzzTest {

  private static final String KEY = "shop:products:1";

  /**
   * Two bytes that begin each entry, its version, its flags, its length, and what its key is told
   * by.
   */
  private static final int HEAD = 16;

  private static final int CHECKSUM = 4;
  private static final int FLAGS_AT = 3;
  private static final int LENGTH_AT = 4;
  private static final int MOST = 1 << 20;

  private static final EntryHeader HEADER =
      new EntryHeader("json", 1, 2, 3, 4, 5, new byte[] {6}, List.of());

  private final EntryCodec plain = new EntryCodec(null, 100, MOST);
  private final EntryCodec sealed = new EntryCodec(new Seal(List.of("key")), 100, MOST);
  private final byte[] head = Arrays.copyOf(plain.encode(KEY, HEADER, new byte[0]), HEAD);
  private final ClassLoader loader = EntryFuzzTest.class.getClassLoader();
  private final JsonCodec codec =
      new JsonCodec(loader, FieldAccess.plain(), new OpenTypes(name -> false, "dev.larder.fuzz"));

  /** What a method may give. */
  record Order(
      long id,
      BigDecimal amount,
      Optional<String> note,
      List<Map<UUID, Instant>> times,
      Object open,
      byte[] bytes,
      Order next) {}

  @FuzzTest(maxDuration = "10m")
  void entry_ofAnyBytes_isWholeOrAMiss(byte[] data) {
    assertThat(plain.decode(KEY, data)).isNotNull();
    byte[] entry = entryOf(data);

    DecodedEntry decoded = plain.decode(KEY, entry);
    if (decoded instanceof DecodedEntry.Whole whole && whole.value() != null) {
      assertThat(whole.value().length()).isLessThanOrEqualTo(Math.max(MOST, data.length));
      read(whole.value().toArray());
    }
    assertThat(sealed.decode(KEY, entry)).isInstanceOf(DecodedEntry.Miss.class);
    read(data);
  }

  /** The first byte as the flags, the rest as what follows the head. */
  private byte[] entryOf(byte[] data) {
    int rest = Math.max(0, data.length - 1);
    ByteBuffer entry = ByteBuffer.allocate(HEAD + rest + CHECKSUM);
    entry.put(head).put(data, data.length - rest, rest);
    entry.put(FLAGS_AT, data.length == 0 ? 0 : data[0]).putInt(LENGTH_AT, entry.capacity());
    CRC32C checksum = new CRC32C();
    checksum.update(entry.array(), 0, HEAD + rest);
    return entry.putInt((int) checksum.getValue()).array();
  }

  private void read(byte[] value) {
    for (Type type : List.of(Order.class, Object.class)) {
      try {
        codec.decode(value, type, loader);
      } catch (CodecException refused) {
        assertThat(refused).hasMessageContaining(type.getTypeName());
      }
    }
  }
}
