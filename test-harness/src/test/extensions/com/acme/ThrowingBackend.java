/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

/** A backend that cannot be made. */
public final class ThrowingBackend extends FailingBackend {

  public ThrowingBackend() {
    throw new IllegalStateException("Acme's licence has run out");
  }
}
