/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import java.util.Set;

/** A backend that does not know its settings. */
public final class ThrowingSettingsBackend extends FailingBackend {

  @Override
  public Set<String> settings() {
    throw new IllegalStateException("Acme has lost the list");
  }
}
