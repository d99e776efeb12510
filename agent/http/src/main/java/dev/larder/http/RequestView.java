/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;

/** What the core needs to know of a request, as the container received it. */
public interface RequestView {

  /** The method that the client sent. */
  String method();

  /** A field's first line; null if it is not there. */
  String header(String name);

  /** All lines of a field; empty if it is not there. */
  List<String> headers(String name);

  /**
   * The lines of {@code Host}, or what stands in their place in HTTP/2, whose requests may have no
   * such field.
   */
  List<String> hosts();

  /**
   * Whether the application may be told another place than scheme and host say: Undertow takes that
   * of a request line with a whole URL, whatever it is.
   */
  boolean isElsewhere();

  /** Whether it has a body of which its fields say nothing, as it may be over HTTP/2. */
  boolean hasUntoldBody();

  /** {@code http} or {@code https}. */
  String scheme();

  /** The path as the client sent it, undecoded, with its context. */
  String rawPath();

  /** The query as the client sent it; null for none. */
  String query();

  /** Whether the application has read a field for this answer. */
  boolean wasRead(String name);

  /** Whether somebody is known to be asking: a principal, a session made or read, a certificate. */
  boolean isKnown();

  /** Whether a session has been made for this request, or was there when it came. */
  boolean hasSession();
}
