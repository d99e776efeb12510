/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request and its response in a test of the core, each made of lines such as {@code A: b}. */
final class Message implements RequestView, ResponseView {

  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private int status;

  /**
   * A message.
   *
   * @param lines separated by {@code " / "}; null or empty for none
   */
  Message(int status, String lines) {
    this.status = status;
    if (lines != null && !lines.isBlank()) {
      for (String line : lines.split(" / ")) {
        int colon = line.indexOf(':');
        addHeader(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String header(String name) {
    List<String> lines = headers(name);
    return lines.isEmpty() ? null : lines.get(0);
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  @Override
  public List<String> hosts() {
    return headers("Host");
  }

  @Override
  public boolean isElsewhere() {
    return false;
  }

  @Override
  public boolean hasUntoldBody() {
    return fields.containsKey("body");
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String rawPath() {
    return fields.containsKey("path") ? header("path") : "/a";
  }

  @Override
  public String query() {
    return header("query");
  }

  @Override
  public boolean wasRead(String name) {
    return fields.containsKey("read") && headers("read").contains(name);
  }

  @Override
  public boolean isKnown() {
    return fields.containsKey("known");
  }

  @Override
  public boolean hasSession() {
    return fields.containsKey("session");
  }

  @Override
  public int status() {
    return status;
  }

  /** Gives a response another status. */
  void status(int another) {
    status = another;
  }

  @Override
  public Collection<String> names() {
    return fields.keySet();
  }

  @Override
  public void setHeader(String name, String value) {
    fields.remove(name.toLowerCase(Locale.ROOT));
    addHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>()).add(value);
  }

  @Override
  public boolean setsCookie() {
    return cookiesAdded() > 0;
  }

  @Override
  public int cookiesAdded() {
    return headers("added").size();
  }
}
