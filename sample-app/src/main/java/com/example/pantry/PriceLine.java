/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;

/**
 * A category's line of the price list; prices in euros.
 *
 * @param median the middle one of the prices as listed
 * @param paid the mean price per unit over all orders
 * @param dearest the name of the product with the highest price
 */
record PriceLine(
    String category,
    int products,
    BigDecimal lowest,
    BigDecimal median,
    BigDecimal highest,
    BigDecimal paid,
    BigDecimal turnover,
    String dearest) {}
