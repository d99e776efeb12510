/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.codec.DecodedEntry.Miss;
import dev.larder.engine.codec.DecodedEntry.Whole;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

  private static final int MAX = 1 << 20;
  private static final String KEY = "shop:products:1";

  private final EntryCodec plain = new EntryCodec(null, 100, MAX);
  private final EntryCodec sealed = new EntryCodec(new Seal(List.of("new", "old")), 100, MAX);

  @Property
  void decode_encodedEntry_isWhole(
      @ForAll("headers") EntryHeader header, @ForAll @Size(max = 300) byte[] value) {
    for (EntryCodec codec : List.of(plain, sealed)) {
      Whole whole = whole(codec.decode(KEY, codec.encode(KEY, header, value)));

      assertThat(whole.header()).usingRecursiveComparison().isEqualTo(header);
      assertThat(whole.value() == null ? null : whole.value().toArray()).isEqualTo(value);
    }
  }

  @Property
  void decode_changedByte_isMiss(
      @ForAll("headers") EntryHeader header,
      @ForAll @Size(max = 50) byte[] value,
      @ForAll @IntRange(min = 0, max = 10_000) int at,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] bytes = plain.encode(KEY, header, value);
    bytes[at % bytes.length] ^= (byte) change;

    assertThat(plain.decode(KEY, bytes)).isInstanceOf(Miss.class);
  }

  @Property
  void decode_missingOrAddedByte_isMiss(
      @ForAll("headers") EntryHeader header,
      @ForAll @Size(max = 50) byte[] value,
      @ForAll @IntRange(min = 0, max = 10_000) int where,
      @ForAll byte added) {
    byte[] bytes = plain.encode(KEY, header, value);
    int at = where % bytes.length;
    byte[] shorter = new byte[bytes.length - 1];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 0, at);
    longer[at] = added;
    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);

    assertThat(plain.decode(KEY, shorter)).isInstanceOf(Miss.class);
    assertThat(plain.decode(KEY, longer)).isInstanceOf(Miss.class);
    assertThat(plain.decode(KEY, Arrays.copyOf(bytes, at))).isInstanceOf(Miss.class);
  }

  @Property
  void decode_anyBytes_isMiss(@ForAll byte[] bytes) {
    assertThat(plain.decode(KEY, bytes)).isInstanceOf(Miss.class);
    assertThat(sealed.decode(KEY, bytes)).isInstanceOf(Miss.class);
  }

  /** Bytes whose checksum is right, as an attacker's would be. */
  @Property
  void decode_anyBytesWithARightChecksum_neverThrows(
      @ForAll("headers") EntryHeader header,
      @ForAll @Size(max = 200) byte[] value,
      @ForAll @IntRange(min = 3, max = 10_000) int at,
      @ForAll byte change) {
    byte[] bytes = plain.encode(KEY, header, value);
    bytes[3 + at % (bytes.length - 7)] = change;
    repair(bytes);

    assertThat(plain.decode(KEY, bytes)).isNotNull();
    assertThat(sealed.decode(KEY, bytes)).isInstanceOf(Miss.class);
  }

  @Test
  void decode_null_isNull() {
    assertThat(whole(plain.decode(KEY, plain.encode(KEY, header(), null))).value()).isNull();
  }

  @Test
  void decode_otherKey_isMiss() {
    byte[] bytes = plain.encode(KEY, header(), new byte[] {1});

    assertThat(plain.decode("shop:products:2", bytes)).isEqualTo(new Miss(MissReason.OTHER_KEY));
  }

  @Test
  void decode_otherVersion_isMiss() {
    byte[] bytes = plain.encode(KEY, header(), new byte[] {1});
    bytes[2] = 9;

    assertThat(plain.decode(KEY, bytes)).isEqualTo(new Miss(MissReason.OTHER_VERSION));
  }

  @Test
  void decode_withoutTheSealAskedFor_isMiss() {
    byte[] bytes = plain.encode(KEY, header(), new byte[] {1});

    assertThat(sealed.decode(KEY, bytes)).isEqualTo(new Miss(MissReason.NO_SEAL));
  }

  @Test
  void decode_sealOfAnotherKey_isMiss() {
    byte[] bytes =
        new EntryCodec(new Seal(List.of("theirs")), 100, MAX).encode(KEY, header(), new byte[1]);

    assertThat(sealed.decode(KEY, bytes)).isEqualTo(new Miss(MissReason.BAD_SEAL));
  }

  @Test
  void decode_sealOfTheOldKey_isWhole() {
    byte[] bytes =
        new EntryCodec(new Seal(List.of("old")), 100, MAX).encode(KEY, header(), new byte[] {5});

    assertThat(whole(sealed.decode(KEY, bytes)).value().toArray()).containsExactly(5);
  }

  @Test
  void decode_sealedEntryUnderAnotherKey_isMiss() {
    byte[] bytes = sealed.encode(KEY, header(), new byte[] {1});

    assertThat(sealed.decode("shop:products:2", bytes)).isEqualTo(new Miss(MissReason.BAD_SEAL));
  }

  @Test
  void encode_largeValue_isCompressed() {
    byte[] bytes = plain.encode(KEY, header(), new byte[100_000]);

    assertThat(bytes).hasSizeLessThan(1_000);
    assertThat(whole(plain.decode(KEY, bytes)).value().toArray()).hasSize(100_000);
  }

  @Test
  void decode_bomb_isMiss() {
    byte[] bytes = plain.encode(KEY, header(), new byte[500_000]);
    EntryCodec small = new EntryCodec(null, 100, 1_000);

    assertThat(small.decode(KEY, bytes)).isEqualTo(new Miss(MissReason.TOO_LARGE));
  }

  @Test
  void decode_bombThatSaysItIsSmall_isMiss() {
    byte[] value = new byte[500_000];
    byte[] bytes =
        plain.encode(KEY, new EntryHeader("j", 0, 0, 0, 0, 0, new byte[0], List.of()), value);
    ByteBuffer.wrap(bytes).putInt(8 + 8 + 40 + 2 + 1 + 2, 10);
    repair(bytes);

    assertThat(plain.decode(KEY, bytes)).isEqualTo(new Miss(MissReason.TOO_LARGE));
  }

  @Provide
  Arbitrary<EntryHeader> headers() {
    Arbitrary<byte[]> marks = Arbitraries.bytes().array(byte[].class).ofMaxSize(16);
    Arbitrary<TagMark> tags =
        Combinators.combine(Arbitraries.strings().ofMaxLength(8).excludeChars(surrogates()), marks)
            .as(TagMark::new);
    Arbitrary<Long> times = Arbitraries.longs();
    return Combinators.combine(
            Arbitraries.strings().alpha().ofMaxLength(32),
            times,
            times,
            times,
            times,
            times,
            marks,
            tags.list().ofMaxSize(3))
        .as(EntryHeader::new);
  }

  private static char[] surrogates() {
    char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return all;
  }

  private static EntryHeader header() {
    return new EntryHeader("json", 1, 2, 3, 4, 5, new byte[] {6}, List.of());
  }

  private static Whole whole(DecodedEntry entry) {
    assertThat(entry).isInstanceOf(Whole.class);
    return (Whole) entry;
  }

  private static void repair(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
  }
}
