/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import java.util.Set;

/** A backend that says of its settings less than that it has none. */
public final class NoSettingsBackend extends FailingBackend {

  @Override
  public Set<String> settings() {
    return null;
  }
}
