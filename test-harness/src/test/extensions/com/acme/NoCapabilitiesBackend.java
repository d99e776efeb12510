/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.spi.Capability;
import java.util.Set;

/** A backend that does not say what it can do. */
public final class NoCapabilitiesBackend extends FailingBackend {

  @Override
  public Set<Capability> capabilities() {
    return null;
  }
}
