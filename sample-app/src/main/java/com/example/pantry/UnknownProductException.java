/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Somebody asked for a product that is not in the catalogue. */
@ResponseStatus(HttpStatus.NOT_FOUND)
class UnknownProductException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownProductException(long id) {
    super("There is no product " + id + ".");
  }
}
