/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/** The contract on Jetty 12, jakarta. */
final class Jetty12Test extends StoreContract {

  @Override
  Server server() throws Exception {
    return new JettyServer();
  }
}
