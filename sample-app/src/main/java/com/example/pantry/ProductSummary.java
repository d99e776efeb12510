/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;

/**
 * A line of a search result.
 *
 * @param stars the reviews' mean, 0 where nobody wrote one
 * @param sold how many units went in all orders
 */
record ProductSummary(
    long id,
    String sku,
    String name,
    String category,
    String unit,
    BigDecimal price,
    BigDecimal stars,
    long sold,
    int salesRank) {}
