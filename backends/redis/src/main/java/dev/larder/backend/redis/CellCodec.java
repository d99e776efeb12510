/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.codec.ToByteBufEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Keys as UTF-8 and cells as they are, written straight into the connection's buffer: what Lettuce
 * would put together of its own codecs makes an encoder and a buffer for each key.
 */
final class CellCodec implements RedisCodec<String, byte[]>, ToByteBufEncoder<String, byte[]> {

  static final CellCodec INSTANCE = new CellCodec();

  private static final StringCodec KEYS = StringCodec.UTF8;
  private static final ByteArrayCodec CELLS = ByteArrayCodec.INSTANCE;

  private CellCodec() {}

  @Override
  public String decodeKey(ByteBuffer bytes) {
    return KEYS.decodeKey(bytes);
  }

  @Override
  public byte[] decodeValue(ByteBuffer bytes) {
    return CELLS.decodeValue(bytes);
  }

  @Override
  public ByteBuffer encodeKey(String key) {
    return KEYS.encodeKey(key);
  }

  @Override
  public ByteBuffer encodeValue(byte[] cell) {
    return CELLS.encodeValue(cell);
  }

  @Override
  public void encodeKey(String key, ByteBuf target) {
    KEYS.encodeKey(key, target);
  }

  @Override
  public void encodeValue(byte[] cell, ByteBuf target) {
    CELLS.encodeValue(cell, target);
  }

  @Override
  public int estimateSize(Object keyOrCell) {
    return keyOrCell instanceof byte[]
        ? CELLS.estimateSize(keyOrCell)
        : KEYS.estimateSize(keyOrCell);
  }
}
