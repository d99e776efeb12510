/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Buffers, by what remains in them; those of characters are texts. */
final class Buffers {

  private Buffers() {}

  static Shape shape() {
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        Object rest = remaining(value);
        if (rest == null) {
          throw walk.refusal("is a " + value.getClass().getName() + ", which has no value");
        }
        JdkShapes.raw(walk.out(), "java.nio.Buffer", new byte[0]);
        walk.value(rest);
      }
    };
  }

  /** A copy of what remains in a buffer, read through another view so that it does not move. */
  private static Object remaining(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] rest = new byte[buffer.remaining()];
      buffer.duplicate().get(rest);
      return rest;
    }
    if (value instanceof IntBuffer buffer) {
      int[] rest = new int[buffer.remaining()];
      buffer.duplicate().get(rest);
      return rest;
    }
    if (value instanceof LongBuffer buffer) {
      long[] rest = new long[buffer.remaining()];
      buffer.duplicate().get(rest);
      return rest;
    }
    if (value instanceof ShortBuffer buffer) {
      short[] rest = new short[buffer.remaining()];
      buffer.duplicate().get(rest);
      return rest;
    }
    if (value instanceof FloatBuffer buffer) {
      float[] rest = new float[buffer.remaining()];
      buffer.duplicate().get(rest);
      return rest;
    }
    if (value instanceof DoubleBuffer buffer) {
      double[] rest = new double[buffer.remaining()];
      buffer.duplicate().get(rest);
      return rest;
    }
    return null;
  }
}
