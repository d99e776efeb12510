/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Arrays;

/** Constants of an enum: by the enum's name and their own. Their parts are made once. */
final class EnumShape extends Shape {

  private volatile Composite[] parts = {};

  @Override
  void write(Object value, Walk walk) throws NoKeyException {
    walk.out().putAll(part((Enum<?>) value).bytes());
  }

  @Override
  Object part(Object value, Shapes shapes) {
    return part((Enum<?>) value);
  }

  /** The ordinal is but a place in the array: what is kept there is made of names. */
  @SuppressWarnings("EnumOrdinal")
  private Composite part(Enum<?> constant) {
    int place = constant.ordinal();
    Composite[] known = parts;
    if (place < known.length && known[place] != null) {
      return known[place];
    }
    Bytes bytes = new Bytes();
    bytes.putNamed(constant.getDeclaringClass().getName(), constant.name());
    Composite part = Composite.of(bytes);
    Composite[] more = Arrays.copyOf(known, Math.max(known.length, place + 1));
    more[place] = part;
    parts = more;
    return part;
  }
}
