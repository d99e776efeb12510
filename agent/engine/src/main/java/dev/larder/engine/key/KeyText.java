/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * The text of a key for backends that know keys as text.
 *
 * <p>Parts stand one after the other, with commas between them: {@code 7L,'blue',#4rX…}. A text
 * stands in quotes and is shown only if it has none itself, and each kind of number has its letter,
 * so that no value looks like another. What cannot be shown so stands as {@code #} and its SHA-256;
 * a key that is too long as {@code ##} and the SHA-256 of all its parts.
 */
public final class KeyText {

  /** How many characters a text has at most. */
  public static final int MAX_LENGTH = 120;

  private KeyText() {}

  /**
   * The text of parts made by {@link KeyParts}: printable ASCII without spaces, at most {@link
   * #MAX_LENGTH} characters, and equal only where all parts are equal.
   */
  public static String of(Object... parts) {
    if (parts.length == 0) {
      return "()";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length && text.length() <= MAX_LENGTH; i++) {
      if (i > 0) {
        text.append(',');
      }
      append(text, parts[i]);
    }
    if (text.length() <= MAX_LENGTH) {
      return text.toString();
    }
    Bytes all = new Bytes();
    for (Object part : parts) {
      write(part, all);
    }
    return "##" + digest(all.toArray());
  }

  /**
   * The text of what a {@code key} template gave, under the same promises as {@link #of}: the key
   * as it is where it is short and printable, else a digest. It may equal a text that {@link #of}
   * gives.
   */
  public static String ofKey(String key) {
    if (key.length() <= MAX_LENGTH && !key.isEmpty() && key.charAt(0) != '#' && isPrintable(key)) {
      return key;
    }
    Bytes bytes = new Bytes();
    bytes.putText(key);
    return "##" + digest(bytes.toArray());
  }

  private static void append(StringBuilder text, Object part) {
    if (part == null || part instanceof Boolean || part instanceof Integer) {
      text.append(part);
    } else if (part instanceof Long number) {
      text.append(number.longValue()).append('L');
    } else if (part instanceof String value && fits(value)) {
      text.append('\'').append(value).append('\'');
    } else if (part instanceof Character unit && isQuotable(unit.toString())) {
      text.append("c'").append(unit).append('\'');
    } else if (part instanceof Double) {
      text.append(part).append('d');
    } else if (part instanceof Float) {
      text.append(part).append('f');
    } else if (part instanceof Short) {
      text.append(part).append('s');
    } else if (part instanceof Byte) {
      text.append(part).append('b');
    } else if (part instanceof BigInteger number && number.bitLength() < 8 * MAX_LENGTH / 3) {
      text.append(part).append('n');
    } else if (part instanceof BigDecimal number
        && number.unscaledValue().bitLength() < 8 * MAX_LENGTH / 3) {
      text.append(part).append('m');
    } else if (part instanceof UUID) {
      text.append("uuid'").append(part).append('\'');
    } else {
      Bytes bytes = new Bytes();
      write(part, bytes);
      appendBytes(text, bytes.toArray());
    }
  }

  /** What has a kind and a text in ASCII shows them; all else its digest. */
  private static void appendBytes(StringBuilder text, byte[] bytes) {
    if (bytes[0] == Bytes.NAMED && bytes.length < MAX_LENGTH) {
      int second = bytes[1] == Bytes.ASCII ? 3 + bytes[2] : 0;
      if (second > 0 && bytes[second] == Bytes.ASCII) {
        String kind = ascii(bytes, 3, bytes[2]);
        String value = ascii(bytes, second + 2, bytes[second + 1]);
        if (isQuotable(kind) && isQuotable(value)) {
          text.append(kind).append('\'').append(value).append('\'');
          return;
        }
      }
    }
    text.append('#').append(digest(bytes));
  }

  private static String ascii(byte[] bytes, int from, int size) {
    return new String(bytes, from, size, StandardCharsets.US_ASCII);
  }

  static void write(Object part, Bytes out) {
    if (part == null) {
      out.put(Bytes.NULL);
    } else if (part instanceof Composite composite) {
      out.putAll(composite.bytes());
    } else {
      Atoms.write(part, out);
    }
  }

  private static boolean fits(String value) {
    return value.length() <= MAX_LENGTH && isQuotable(value);
  }

  private static boolean isQuotable(String text) {
    return text.indexOf('\'') < 0 && isPrintable(text);
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit <= ' ' || unit >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String digest(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Composite.sha256(bytes));
  }
}
