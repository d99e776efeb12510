/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.List;

/** Addresses of servers, which may hold passwords and are therefore not printed. */
public final class Addresses {

  private final List<String> uris;

  Addresses(List<String> uris) {
    this.uris = List.copyOf(uris);
  }

  /** The addresses as they were written; not for messages. */
  public List<String> uris() {
    return uris;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Addresses that && uris.equals(that.uris);
  }

  @Override
  public int hashCode() {
    return uris.hashCode();
  }

  @Override
  public String toString() {
    return "(" + uris.size() + " addresses)";
  }
}
