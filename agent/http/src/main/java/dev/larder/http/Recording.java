/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;

/** What is to be stored of an answer: what the servlet itself gave, or all of it at the edge. */
public interface Recording {

  /** Whether it is whole: no error, no overflow, nothing written past it. */
  boolean isWhole();

  int status();

  /** The header fields, {@code Content-Length} and {@code Date} left out. */
  List<StoredResponse.Field> fields();

  byte[] body();

  /** A record of a stored response, as if the servlet had given it just now. */
  static Recording of(StoredResponse stored) {
    return new Whole(stored.status(), stored.fields(), stored.body());
  }

  /** A record that is whole. */
  record Whole(int status, List<StoredResponse.Field> fields, byte[] body) implements Recording {

    @Override
    public boolean isWhole() {
      return true;
    }
  }
}
