/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Capture;
import java.io.IOException;

/**
 * What filters have written before the servlet is reached: it stands before the servlet's answer,
 * and before another that takes the place of that.
 */
final class Preface {

  private final Capture capture;
  private final int size;
  private final int beginning;

  private byte[] bytes;
  private char[] chars;

  private Preface(Capture capture) {
    this.capture = capture;
    size = capture.held();
    beginning = capture.beginning();
  }

  static Preface of(Capture capture) {
    return new Preface(capture);
  }

  /** Keeps it, as the answer is about to be taken back; nothing if it has been cleared since. */
  void take() {
    if (size > 0 && capture.beginning() == beginning) {
      chars = capture.firstChars(size);
      bytes = chars == null ? capture.first(size) : null;
    }
  }

  /** Writes it again, now that nothing is written. */
  void restore(LarderResponse response) throws IOException {
    if (chars != null) {
      response.getWriter().write(chars);
    } else if (bytes != null) {
      response.getOutputStream().write(bytes);
    }
  }
}
