/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Makes bytes smaller, and gives them back at exactly the length that they had. */
final class Deflation {

  private Deflation() {}

  static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * The bytes that were deflated.
   *
   * @param length how many they are; no more room is taken, whatever the input says
   * @return null if they are not that many, or the input was never deflated
   */
  static byte[] inflate(byte[] bytes, int from, int count, int length) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, count);
      byte[] out = new byte[length];
      int done = 0;
      while (done < length) {
        int more = inflater.inflate(out, done, length - done);
        if (more == 0) {
          return null;
        }
        done += more;
      }
      boolean isWhole =
          inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
      return isWhole && inflater.getRemaining() == 0 ? out : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }
}
