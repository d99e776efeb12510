/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.ArrayList;
import java.util.List;

/** The responses under one path and query, the newest first. */
record Variants(List<StoredResponse> responses) {

  static final Variants NONE = new Variants(List.of());

  /** How many variants and origins one path and query may have; the oldest goes first. */
  private static final int MOST = 32;

  /** These and another, without the one that it replaces and those of no use any more. */
  Variants with(StoredResponse added, long mostBytes, long now) {
    List<StoredResponse> kept = new ArrayList<>();
    kept.add(added);
    long bytes = added.weight();
    for (StoredResponse each : responses) {
      bytes += each.weight();
      if (kept.size() < MOST
          && bytes <= mostBytes
          && each.isUseful(now)
          && !each.isReplacedBy(added)) {
        kept.add(each);
      }
    }
    return new Variants(List.copyOf(kept));
  }

  /** Whether any of them may be served yet without a word to the application. */
  boolean isAnyFresh(long now) {
    return responses.stream().anyMatch(each -> each.remaining(now) > 0);
  }

  boolean hasTag(String tag) {
    return responses.stream().anyMatch(each -> each.tags().contains(tag));
  }

  long weight() {
    return responses.stream().mapToLong(StoredResponse::weight).sum();
  }
}
