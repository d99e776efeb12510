/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

/** Cached resource methods of a JAX-RS application, with Jersey in Tomcat. */
class HandlerJaxrsIT extends HandlerCases {

  @Override
  App shop() {
    return App.named("jaxrs").libraries("jersey").libraries("tomcat-10");
  }
}
