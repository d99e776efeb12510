/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

final class Prices {

  private static int runs;

  int price(long id) {
    return ++runs;
  }

  int price(String id) {
    return ++runs;
  }

  int priceNow(long id) {
    return ++runs;
  }

  void change(long id) {}

  int callHidden() {
    return hidden();
  }

  private int hidden() {
    return ++runs;
  }
}
