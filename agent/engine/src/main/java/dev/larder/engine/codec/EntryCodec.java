/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes entries as bytes for a backend, and reads them back.
 *
 * <pre>
 * magic 2 | version 1 | flags 1 | length of all 4 | guard of the key 8
 * created 8 | expires 8 | stale until 8 | error until 8 | shape 8
 * codec 1 + n | cache mark 1 + n | tags 2 × (tag 2 + n, mark 1 + n)
 * length of the value 4 | value | [seal 32] | CRC-32C of all before 4
 * </pre>
 *
 * <p>Numbers are big-endian. Whatever bytes are read, the answer is an entry or a miss and never an
 * exception: what lies in a backend is anybody's.
 */
public final class EntryCodec {

  private static final short MAGIC = 0x4C64;
  private static final byte VERSION = 1;
  private static final int COMPRESSED = 1;
  private static final int SEALED = 2;
  private static final int NULL = 4;
  private static final int LEAST = 2 + 1 + 1 + 4 + 8 + 5 * 8 + 1 + 1 + 2 + 4 + 4;
  private static final int CHECKSUM = 4;

  private final Seal seal;
  private final long compressAbove;
  private final int maxLength;

  /**
   * Writes and reads by these settings.
   *
   * @param seal signs and verifies; null if entries are not sealed
   * @param compressAbove above how many bytes values are deflated; {@link Long#MAX_VALUE} for never
   * @param maxLength up to how many bytes values are inflated
   */
  public EntryCodec(Seal seal, long compressAbove, int maxLength) {
    this.seal = seal;
    this.compressAbove = compressAbove;
    this.maxLength = maxLength;
  }

  /**
   * The bytes of an entry.
   *
   * @param key the key under which they will be stored
   * @param value the codec's bytes; null where the value is null
   */
  public byte[] encode(String key, EntryHeader header, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int plain = value == null ? 0 : value.length;
    byte[] written = value == null ? new byte[0] : value;
    int flags = (value == null ? NULL : 0) | (seal == null ? 0 : SEALED);
    if (plain > compressAbove && plain <= maxLength) {
      byte[] deflated = Deflation.deflate(written);
      if (deflated.length < plain) {
        written = deflated;
        flags |= COMPRESSED;
      }
    }
    byte[] codec = header.codec().getBytes(StandardCharsets.US_ASCII);
    List<byte[]> tags = new ArrayList<>();
    int length = LEAST + codec.length + header.cacheMark().length + written.length;
    for (TagMark each : header.tags()) {
      byte[] tag = each.tag().getBytes(StandardCharsets.UTF_8);
      tags.add(tag);
      length += 2 + tag.length + 1 + each.mark().length;
    }
    length += seal == null ? 0 : Seal.LENGTH;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putShort(MAGIC).put(VERSION).put((byte) flags).putInt(length).putLong(guard(key, keyBytes));
    out.putLong(header.created()).putLong(header.expires());
    out.putLong(header.staleUntil()).putLong(header.errorUntil()).putLong(header.shape());
    putShort(out, codec, "a codec's name");
    putShort(out, header.cacheMark(), "a cache's mark");
    out.putShort((short) check(tags.size(), 0xFFFF, "the number of tags"));
    for (int i = 0; i < tags.size(); i++) {
      byte[] tag = tags.get(i);
      out.putShort((short) check(tag.length, 0xFFFF, "the length of a tag")).put(tag);
      putShort(out, header.tags().get(i).mark(), "a tag's mark");
    }
    out.putInt(plain).put(written);
    if (seal != null) {
      out.put(seal.sign(keyBytes, out.array(), out.position()));
    }
    out.putInt(checksum(out.array(), out.position()));
    return out.array();
  }

  /**
   * What bytes are that a backend gave.
   *
   * @param key the key under which they lay
   * @param bytes any bytes; not null
   */
  public DecodedEntry decode(String key, byte[] bytes) {
    if (bytes.length < 3 || ByteBuffer.wrap(bytes).getShort() != MAGIC) {
      return new DecodedEntry.Miss(MissReason.NOT_AN_ENTRY);
    }
    if (bytes[2] != VERSION) {
      return new DecodedEntry.Miss(MissReason.OTHER_VERSION);
    }
    int end = bytes.length - CHECKSUM;
    if (bytes.length < LEAST
        || ByteBuffer.wrap(bytes).getInt(4) != bytes.length
        || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      return new DecodedEntry.Miss(MissReason.DAMAGED);
    }
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int flags = bytes[3];
    if ((flags & SEALED) != 0) {
      end -= Seal.LENGTH;
    }
    MissReason unsealed = seal == null ? null : verify(keyBytes, bytes, flags, end);
    if (unsealed != null) {
      return new DecodedEntry.Miss(unsealed);
    }
    try {
      return read(guard(key, keyBytes), flags, bytes, end);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The checksum was right: somebody made it so.
      return new DecodedEntry.Miss(MissReason.DAMAGED);
    }
  }

  private MissReason verify(byte[] key, byte[] bytes, int flags, int end) {
    if ((flags & SEALED) == 0) {
      return MissReason.NO_SEAL;
    }
    return end > 0 && seal.verifies(key, bytes, end) ? null : MissReason.BAD_SEAL;
  }

  private DecodedEntry read(long guard, int flags, byte[] bytes, int end) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 8, end - 8);
    if (in.getLong() != guard) {
      return new DecodedEntry.Miss(MissReason.OTHER_KEY);
    }
    long created = in.getLong();
    long expires = in.getLong();
    long staleUntil = in.getLong();
    long errorUntil = in.getLong();
    long shape = in.getLong();
    String codec = new String(take(in, in.get() & 0xFF), StandardCharsets.US_ASCII);
    byte[] cacheMark = take(in, in.get() & 0xFF);
    int count = in.getShort() & 0xFFFF;
    List<TagMark> tags = count == 0 ? List.of() : new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String tag = new String(take(in, in.getShort() & 0xFFFF), StandardCharsets.UTF_8);
      tags.add(new TagMark(tag, take(in, in.get() & 0xFF)));
    }
    EntryHeader header =
        new EntryHeader(
            codec, created, expires, staleUntil, errorUntil, shape, cacheMark, List.copyOf(tags));
    return value(header, flags, in.getInt(), in);
  }

  @SuppressWarnings("ByteBufferBackingArray") // it wraps the bytes from their first on
  private DecodedEntry value(EntryHeader header, int flags, int length, ByteBuffer in) {
    if ((flags & NULL) != 0) {
      return length == 0 && !in.hasRemaining()
          ? new DecodedEntry.Whole(header, null)
          : new DecodedEntry.Miss(MissReason.DAMAGED);
    }
    if ((flags & COMPRESSED) == 0) {
      return length == in.remaining()
          ? new DecodedEntry.Whole(header, new Content(in.array(), in.position(), length))
          : new DecodedEntry.Miss(MissReason.DAMAGED);
    }
    // Deflation never gains more than this: what promises more is made to take room.
    if (length < 0 || length > maxLength || length > 1_100L * in.remaining()) {
      return new DecodedEntry.Miss(MissReason.TOO_LARGE);
    }
    byte[] value = Deflation.inflate(in.array(), in.position(), in.remaining(), length);
    return value == null
        ? new DecodedEntry.Miss(MissReason.TOO_LARGE)
        : new DecodedEntry.Whole(header, Content.of(value));
  }

  private static byte[] take(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] taken = new byte[length];
    in.get(taken);
    return taken;
  }

  private static void putShort(ByteBuffer out, byte[] bytes, String what) {
    out.put((byte) check(bytes.length, 0xFF, "the length of " + what)).put(bytes);
  }

  private static int check(int number, int most, String what) {
    if (number > most) {
      throw new IllegalArgumentException(what + " is " + number + ", and may be " + most);
    }
    return number;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Tells keys apart, so that bytes that lie under another key are no entry of this one. It keeps
   * off accidents, as the checksum does; against ill will there is the seal.
   */
  private static long guard(String key, byte[] bytes) {
    return ((long) checksum(bytes, bytes.length) << 32) | (key.hashCode() & 0xFFFF_FFFFL);
  }
}
