/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;

/**
 * A response that is kept.
 *
 * @param origin scheme, host and what a gateway says of them
 * @param vary the request fields that select it
 * @param selecting their values in the request that it answered; null for a field that was not
 *     there
 * @param status its status
 * @param fields its header fields as they were given, {@code Content-Length} left out
 * @param body its body, never changed
 * @param storedAt when it was stored, in milliseconds since 1970
 * @param initialAge how old it was then, in milliseconds
 * @param lifetime how old it may become, in milliseconds
 * @param staleIfError how long after that it stands in for an error, in milliseconds
 * @param tags what it is tagged with
 */
public record StoredResponse(
    String origin,
    List<String> vary,
    List<String> selecting,
    int status,
    List<Field> fields,
    byte[] body,
    long storedAt,
    long initialAge,
    long lifetime,
    long staleIfError,
    List<String> tags) {

  /** A line of a header. */
  public record Field(String name, String value) {}

  /** How old it is, in milliseconds. */
  public long age(long now) {
    return initialAge + Math.max(0, now - storedAt);
  }

  /** How long it is fresh yet, in milliseconds; negative once it is stale. */
  public long remaining(long now) {
    return lifetime - age(now);
  }

  /** About how much memory it takes, in bytes. */
  long weight() {
    long weight = 256L + body.length;
    for (Field field : fields) {
      weight += 80L + 2L * (field.name().length() + field.value().length());
    }
    return weight;
  }
}
