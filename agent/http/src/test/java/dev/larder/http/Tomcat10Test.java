/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/** The contract on Tomcat 10.1, jakarta. */
final class Tomcat10Test extends StoreContract {

  @Override
  Server server() throws Exception {
    return new dev.larder.http.site.TomcatServer();
  }
}
