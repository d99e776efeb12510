/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.Fields;
import java.util.List;
import java.util.Set;

/** What a body's type says of it: whether it is a stream, and whether a container may code it. */
final class Bodies {

  /** Types that are sent piece by piece, for as long as the client listens. */
  private static final Set<String> STREAMS =
      Set.of(
          "text/event-stream",
          "application/x-ndjson",
          "application/stream+json",
          "multipart/x-mixed-replace");

  /** Beginnings of types that are compressed in themselves, and that no container compresses. */
  private static final List<String> CODED =
      List.of("image/", "video/", "audio/", "font/", "application/zip", "application/gzip");

  private Bodies() {}

  /**
   * Whether it is sent piece by piece.
   *
   * @param type without parameters, in lower case
   */
  static boolean isStream(String type) {
    return STREAMS.contains(type) || type.startsWith("application/grpc");
  }

  /**
   * Whether the container may compress it.
   *
   * @param type without parameters, in lower case
   */
  static boolean isCodable(String type, ResponseView response) {
    return response.header("Content-Encoding") == null
        && (type.equals("image/svg+xml") || !isCoded(type));
  }

  /**
   * Whether a client takes any coding (RFC 9110, 12.5.3), as all of {@code Accept-Encoding} says.
   */
  static boolean acceptsCoding(List<String> lines) {
    for (String member : Fields.members(lines)) {
      int weight = member.indexOf(';');
      String coding = (weight < 0 ? member : member.substring(0, weight)).strip();
      boolean refused =
          weight >= 0 && member.substring(weight + 1).strip().matches("[qQ]=0(\\.0*)?");
      if (!coding.equalsIgnoreCase("identity") && !refused) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCoded(String type) {
    for (String each : CODED) {
      if (type.startsWith(each)) {
        return true;
      }
    }
    return false;
  }
}
