/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An entity tag (RFC 9110, 8.8.3).
 *
 * @param opaque the text between the quotes
 * @param weak whether it began with {@code W/}
 */
public record EntityTag(String opaque, boolean weak) {

  /** Enough of a digest that two bodies of one resource never share a tag. */
  private static final int DIGEST_BYTES = 16;

  /** The tag of a body and of the fields that say how to read it. */
  public static EntityTag of(boolean weak, byte[] body, int length, String... representation) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String field : representation) {
        if (field != null) {
          digest.update(field.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
      }
      digest.update(body, 0, length);
      byte[] tag = new byte[DIGEST_BYTES];
      ByteBuffer.wrap(digest.digest()).get(tag);
      return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(tag), weak);
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
