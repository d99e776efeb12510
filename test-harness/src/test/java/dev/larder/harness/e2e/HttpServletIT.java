/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

/** The shop with {@code jakarta.servlet}, in Tomcat 10.1. */
class HttpServletIT extends HttpServletCases {

  @Override
  App shop() {
    return App.named("tomcat").sources("servlet").libraries("tomcat-10");
  }
}
