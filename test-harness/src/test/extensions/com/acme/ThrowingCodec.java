/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

/** A codec whose class cannot be initialised. */
public final class ThrowingCodec extends FailingCodec {

  private static final int ANSWER = Integer.parseInt("forty-two");

  public int answer() {
    return ANSWER;
  }
}
