/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.ResponseView;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the core sees of an answer: the container's own response. */
record RawResponse(HttpServletResponse raw, LarderResponse response) implements ResponseView {

  @Override
  public int status() {
    return raw.getStatus();
  }

  @Override
  public String header(String name) {
    if (name.equals("Content-Type")) {
      return raw.getContentType();
    }
    if (isSpecial(name)) {
      List<String> lines = headers(name);
      return lines.isEmpty() ? null : lines.get(0);
    }
    return name.equals("Content-Language") ? language() : raw.getHeader(name);
  }

  /** Tomcat makes a field of the locale only as it commits. */
  private String language() {
    String shown = raw.getHeader("Content-Language");
    return shown == null ? response.said().language() : shown;
  }

  @Override
  public List<String> headers(String name) {
    if (isSpecial(name)) {
      if (name.equals("Expires")) {
        return response.said().isExpiresTheContainers() ? List.of() : lines(name);
      }
      List<String> shown = lines(name);
      return shown.isEmpty() ? List.copyOf(response.said().cookies()) : shown;
    }
    return lines(name);
  }

  /** What a container shows before its time, or does not show yet. */
  private boolean isSpecial(String name) {
    return !response.said().cookies().isEmpty()
        && (name.equals("Expires") || name.equals("Set-Cookie"));
  }

  private List<String> lines(String name) {
    if (raw.getHeader(name) == null) {
      if (name.equals("Content-Language") && response.said().language() != null) {
        return List.of(response.said().language());
      }
      return List.of(); // most are, and a container makes much of an empty collection
    }
    Collection<String> lines = raw.getHeaders(name);
    return lines == null ? List.of() : List.copyOf(response.said().lines(name, lines));
  }

  @Override
  public Collection<String> names() {
    Collection<String> names = raw.getHeaderNames();
    Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.addAll(names);
    if (!response.said().cookies().isEmpty()) {
      all.add("Set-Cookie");
    }
    if (response.said().language() != null) {
      all.add("Content-Language");
    }
    return all;
  }

  @Override
  public void setHeader(String name, String value) {
    raw.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    raw.addHeader(name, value);
  }

  @Override
  public boolean setsCookie() {
    return !response.said().cookies().isEmpty();
  }

  @Override
  public int cookiesAdded() {
    return response.said().cookies().size();
  }
}
