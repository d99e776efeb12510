/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * All that a product's page shows.
 *
 * @param customers how many have bought it
 * @param salesRank 1 for the product that sold best by value in its category
 * @param boughtWith what stood most often in the same orders
 */
record ProductDetail(
    long id,
    String sku,
    String name,
    String category,
    String supplier,
    String country,
    String unit,
    BigDecimal price,
    int stock,
    long sold,
    int customers,
    int salesRank,
    int rivals,
    BigDecimal usuallyPaid,
    List<Rating> ratings,
    List<Companion> boughtWith,
    List<Review> reviews) {

  /** Another product, and in how many orders both stand. */
  record Companion(long id, String name, BigDecimal price, int orders) {}

  /** How many reviews gave so many stars. */
  record Rating(int stars, int reviews) {}

  /** What a customer wrote. */
  record Review(String author, int stars, String text, LocalDate written) {}
}
