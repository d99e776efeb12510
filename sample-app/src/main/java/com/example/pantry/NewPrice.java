/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A price as somebody sends it, in euros. */
record NewPrice(BigDecimal price) {

  private static final BigDecimal MOST = new BigDecimal("100000");

  /**
   * The price in whole cents.
   *
   * @throws ResponseStatusException 400 where it is missing, not positive, or has parts of a cent
   */
  BigDecimal checked() {
    if (price == null || price.signum() <= 0 || price.compareTo(MOST) >= 0) {
      throw refused();
    }
    try {
      return price.setScale(2, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException partsOfCents) {
      throw refused();
    }
  }

  private ResponseStatusException refused() {
    return new ResponseStatusException(
        HttpStatus.BAD_REQUEST,
        "The price " + price + " is not one: give an amount from 0.01 to 99999.99.");
  }
}
