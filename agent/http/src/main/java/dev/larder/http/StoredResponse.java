/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.ArrayList;
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
 * @param terms how it may be served
 * @param tags what it is tagged with
 * @param lastTag the entity tag that was made of its body
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
    Terms terms,
    List<String> tags,
    LastTag lastTag) {

  /** A response of whose body no entity tag has been made. */
  StoredResponse(
      String origin,
      List<String> vary,
      List<String> selecting,
      int status,
      List<Field> fields,
      byte[] body,
      long storedAt,
      long initialAge,
      Terms terms,
      List<String> tags) {
    this(
        origin,
        vary,
        selecting,
        status,
        fields,
        body,
        storedAt,
        initialAge,
        terms,
        tags,
        new LastTag());
  }

  /** A line of a header. */
  public record Field(String name, String value) {}

  /**
   * How a response may be served (RFC 9111, 4.2 and RFC 5861); all times in milliseconds.
   *
   * @param lifetime how old it may become; 0 where each use must be validated
   * @param whileRevalidate how long after that it is served while it is renewed
   * @param ifError how long after that it stands in for an error
   * @param forValidation how long after that it is kept for the application to say that it still
   *     holds
   * @param strict whether nobody may be served it past its lifetime
   * @param shared whether it answers an {@code Authorization} too (RFC 9111, 3.5)
   */
  public record Terms(
      long lifetime,
      long whileRevalidate,
      long ifError,
      long forValidation,
      boolean strict,
      boolean shared) {

    /** For how long after its lifetime it is of any use. */
    long window() {
      return Math.max(whileRevalidate, Math.max(ifError, forValidation));
    }
  }

  /** How old it is, in milliseconds. */
  public long age(long now) {
    return initialAge + Math.max(0, now - storedAt);
  }

  /** How long it is fresh yet, in milliseconds; 0 or less once it is stale. */
  public long remaining(long now) {
    return terms.lifetime() - age(now);
  }

  /** How long it was fresh yet when it was stored, in seconds as its fields count them. */
  long secondsAtFirst() {
    return terms.lifetime() / 1000 - initialAge / 1000;
  }

  /** Whether it is of any use yet, fresh or stale. */
  boolean isUseful(long now) {
    return remaining(now) + terms.window() > 0;
  }

  /** All lines of a field; empty if it is not there. */
  List<String> lines(String name) {
    return lines(fields, name);
  }

  /** All lines of a field among others; empty if it is not there. */
  static List<String> lines(List<Field> fields, String name) {
    List<String> lines = new ArrayList<>(2);
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        lines.add(field.value());
      }
    }
    return lines;
  }

  /** A field's first line; null if it is not there. */
  String line(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** Whether the application can be asked if it still holds. */
  boolean hasValidator() {
    return line("ETag") != null || line("Last-Modified") != null;
  }

  /** Whether the same requests select the other, which is of the same key. */
  boolean isReplacedBy(StoredResponse other) {
    return origin.equals(other.origin)
        && vary.equals(other.vary)
        && selecting.equals(other.selecting);
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
