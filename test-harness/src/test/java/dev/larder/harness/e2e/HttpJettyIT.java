/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

/** The shop with {@code jakarta.servlet}, in Jetty 12. */
class HttpJettyIT extends HttpServletCases {

  @Override
  App shop() {
    return App.named("jetty").sources("servlet").libraries("jetty-12");
  }
}
