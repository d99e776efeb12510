/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.lang.reflect.Type;

/**
 * Turns values into bytes and back: what {@code codec = a class name} names.
 *
 * <p>The class is public, has a public constructor without parameters, and is safe for use by many
 * threads. The engine puts its own header, checksum and seal around the bytes, and gives back
 * exactly those that were given; what another release of the codec wrote may be among them, so
 * bytes say what they are. A codec reads values of the declared type and what that type says may
 * stand in it, and never a class because the bytes name it.
 */
public interface Codec {

  /**
   * A short name that stands in each entry's header, printable ASCII, up to 32 characters; entries
   * of another name are misses. Change it when older bytes can no longer be read.
   */
  String name();

  /**
   * The bytes of a value.
   *
   * @param value never null
   * @param type what the method gives, with its type arguments resolved and without the {@code
   *     CompletionStage} or {@code Optional} around it
   * @throws CodecException if the value cannot be written so that {@link #decode} gives an equal
   *     one
   */
  byte[] encode(Object value, Type type) throws CodecException;

  /**
   * The value of bytes that {@link #encode} gave, in this JVM or another.
   *
   * @param loader where the type's class comes from
   * @throws CodecException if they are not such bytes; the entry is then a miss
   */
  Object decode(byte[] bytes, Type type, ClassLoader loader) throws CodecException;
}
