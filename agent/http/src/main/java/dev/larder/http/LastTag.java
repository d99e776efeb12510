/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.EntityTag;
import java.util.Objects;

/**
 * The entity tag with which a stored body last went out, so that a hit hashes nothing. It is of the
 * very array that the store keeps: what a filter made of that is another body.
 */
final class LastTag {

  private record Known(boolean weak, String type, String coding, String language, String tag) {}

  private volatile Known known;

  /** The tag of the stored body that goes out with these fields. */
  String of(boolean weak, byte[] body, ResponseView response) {
    String type = response.header("Content-Type");
    String coding = response.header("Content-Encoding");
    String language = response.header("Content-Language");
    Known last = known;
    boolean same =
        last != null
            && last.weak == weak
            && Objects.equals(last.type, type)
            && Objects.equals(last.coding, coding)
            && Objects.equals(last.language, language);
    if (same) {
      return last.tag;
    }
    String tag = EntityTag.of(weak, body, body.length, type, coding, language).toString();
    known = new Known(weak, type, coding, language, tag);
    return tag;
  }
}
