/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

/** A deployment's own exception. */
final class OutOfStock extends Exception {
  private static final long serialVersionUID = 1L;

  OutOfStock(long id) {
    super("out of stock: " + id);
  }
}
