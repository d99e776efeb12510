/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The catalogue of Pantry, a grocer's wholesaler: search, product pages and a price list. */
@SpringBootApplication
public class PantryApplication {

  public static void main(String[] args) {
    SpringApplication.run(PantryApplication.class, args);
  }
}
