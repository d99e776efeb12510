/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A filter or servlet that is called inside an exchange, and of which only that is to be known. */
abstract class Bystander implements Exchange {

  final HttpServletRequest seen;
  private final HttpServletResponse given;

  Bystander(HttpServletRequest seen, HttpServletResponse given) {
    this.seen = seen;
    this.given = given;
  }

  @Override
  public final Object request() {
    return seen;
  }

  @Override
  public final Object response() {
    return given;
  }

  @Override
  public final boolean answered() {
    return false;
  }
}
