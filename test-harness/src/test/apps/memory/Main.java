/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;

/** Two caches that together would hold some sixty megabytes. */
public class Main {

  private static final int KEYS = 3_000;

  @Cache("texts")
  static String text(int id) {
    return "x".repeat(10_000) + id;
  }

  @Cache("bytes")
  static byte[] bytes(int id) {
    byte[] bytes = new byte[10_000];
    bytes[0] = (byte) id;
    return bytes;
  }

  public static void main(String[] arguments) {
    for (int i = 0; i < KEYS; i++) {
      if (!text(i).endsWith("x" + i) || bytes(i)[0] != (byte) i) {
        throw new IllegalStateException("a wrong value");
      }
    }
    long texts = Larder.stats("texts").entries();
    long bytes = Larder.stats("bytes").entries();
    System.out.println("texts: " + texts);
    System.out.println("bytes: " + bytes);
  }
}
