/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

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

  private static boolean isCoded(String type) {
    for (String each : CODED) {
      if (type.startsWith(each)) {
        return true;
      }
    }
    return false;
  }
}
