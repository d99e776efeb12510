/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

/** The same shop with {@code javax.servlet}, in Tomcat 9. */
class HttpJavaxIT extends HttpServletCases {

  @Override
  App shop() {
    return App.named("tomcat").sources("servlet").asJavax().libraries("tomcat-9");
  }
}
