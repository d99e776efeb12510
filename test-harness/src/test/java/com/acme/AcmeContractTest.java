/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import dev.larder.harness.BackendContractTest;
import dev.larder.spi.Backend;
import java.util.Map;

class AcmeContractTest extends BackendContractTest {

  @Override
  protected Backend newBackend() {
    return new AcmeBackend();
  }

  @Override
  protected Map<String, String> reachable() {
    return Map.of("acme.region", "eu");
  }

  @Override
  protected Map<String, String> unreachable() {
    return Map.of("acme.region", "nowhere");
  }

  @Override
  protected int largeValue() {
    return 1_000_000;
  }

  @Override
  protected int tooLargeValue() {
    return 0; // Acme takes whatever it is given
  }
}
