/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An entity tag (RFC 9110, 8.8.3).
 *
 * @param opaque the text between the quotes
 * @param weak whether it began with {@code W/}
 */
public record EntityTag(String opaque, boolean weak) {

  /** Enough that two bodies of one resource never share a tag by accident. */
  private static final int TAG_BYTES = 16;

  private static final Hasher128 FAST = Hashing.xxh3_128();

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /** Fields as they are hashed: those of the last tag, since most of an application's are alike. */
  private record Written(String[] representation, byte[] bytes) {}

  private static volatile Written lastWritten;

  /**
   * The tag of a body and of the fields that say how to read it; the same in every JVM.
   *
   * <p>A strong tag is made by SHA-256. A weak one is made by XXH3, which is some ten times as fast
   * and as good against accidents, but not against somebody who writes a part of the body in order
   * to let it share its tag with an older one.
   *
   * @param representation the fields; null for one that is not there
   */
  public static EntityTag of(boolean weak, byte[] body, int length, String... representation) {
    byte[] tag = weak ? fast(body, length, representation) : digest(body, length, representation);
    return new EntityTag(TEXT.encodeToString(tag), weak);
  }

  private static byte[] fast(byte[] body, int length, String... representation) {
    HashValue128 ofBody = FAST.hashBytesTo128Bits(body, 0, length);
    byte[] fields = written(representation);
    byte[] all = Arrays.copyOf(ofBody.toByteArray(), TAG_BYTES + fields.length);
    System.arraycopy(fields, 0, all, TAG_BYTES, fields.length);
    return FAST.hashBytesTo128Bits(all).toByteArray();
  }

  private static byte[] written(String... representation) {
    Written last = lastWritten;
    if (last == null || !Arrays.equals(last.representation, representation)) {
      byte[] bytes = String.join("\0", representation).getBytes(StandardCharsets.UTF_8);
      last = new Written(representation.clone(), bytes);
      lastWritten = last;
    }
    return last.bytes;
  }

  private static byte[] digest(byte[] body, int length, String... representation) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String field : representation) {
        if (field != null) {
          digest.update(field.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
      }
      digest.update(body, 0, length);
      return Arrays.copyOf(digest.digest(), TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, but this one does not", e);
    }
  }

  /** Reads one entity tag; null if the text is none. */
  public static EntityTag parse(String text) {
    if (text == null) {
      return null;
    }
    String tag = text.strip();
    List<EntityTag> tags = list(List.of(tag));
    return tags.size() == 1 && tags.get(0).toString().equals(tag) ? tags.get(0) : null;
  }

  /**
   * Reads the entity tags of {@code If-Match} or {@code If-None-Match}, over all its lines. A comma
   * or a backslash inside a tag belongs to it; what is no tag is passed over.
   */
  public static List<EntityTag> list(List<String> lines) {
    List<EntityTag> tags = new ArrayList<>();
    for (String line : lines) {
      int at = 0;
      while (at < line.length()) {
        int open = line.indexOf('"', at);
        int close = open < 0 ? -1 : line.indexOf('"', open + 1);
        if (close < 0) {
          break;
        }
        int begin = at;
        while (begin < open && (line.charAt(begin) == ',' || line.charAt(begin) <= ' ')) {
          begin++;
        }
        boolean weak = open - begin == 2 && line.startsWith("W/", begin);
        if (begin == open || weak) {
          tags.add(new EntityTag(line.substring(open + 1, close), weak));
        }
        int comma = line.indexOf(',', close + 1);
        at = comma < 0 ? line.length() : comma + 1;
      }
    }
    return tags;
  }

  /** Whether both are strong and equal (RFC 9110, 8.8.3.2). */
  public boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Whether they are equal, weak or not (RFC 9110, 8.8.3.2). */
  public boolean matchesWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + '"';
  }
}
