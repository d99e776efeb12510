/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.Collection;
import java.util.List;

/** What the core needs of a response that is not committed yet. */
public interface ResponseView {

  int status();

  /** A field's first line; null if it is not there. */
  String header(String name);

  /** All lines of a field; empty if it is not there. */
  List<String> headers(String name);

  /** The names of all fields, each once. */
  Collection<String> names();

  void setHeader(String name, String value);

  void addHeader(String name, String value);

  /** Whether the application added a cookie, also one that is no header field yet. */
  boolean setsCookie();

  /** How many cookies the application added by the method that is there for them. */
  int cookiesAdded();
}
