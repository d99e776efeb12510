/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.EntityTag;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * The entity tags of stored bodies, so that a hit hashes nothing. A tag goes with its body, which
 * is the very array that the store keeps: a copy, or what a filter made of it, is another body.
 */
final class Tags {

  private record Known(boolean weak, String type, String coding, String language, String tag) {}

  private final Map<byte[], Known> known = Collections.synchronizedMap(new WeakHashMap<>());

  /** The tag of a stored body that goes out with these fields. */
  String of(boolean weak, byte[] body, ResponseView response) {
    String type = response.header("Content-Type");
    String coding = response.header("Content-Encoding");
    String language = response.header("Content-Language");
    Known last = known.get(body);
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
    known.put(body, new Known(weak, type, coding, language, tag));
    return tag;
  }
}
