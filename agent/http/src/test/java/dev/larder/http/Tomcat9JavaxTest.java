/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/** The contract on Tomcat 9, javax. */
final class Tomcat9JavaxTest extends StoreContract {

  @Override
  Server server() throws Exception {
    return new JavaxServer();
  }
}
