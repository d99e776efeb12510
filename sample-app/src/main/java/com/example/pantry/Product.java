/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import org.springframework.data.annotation.Id;

/** One thing that can be bought, as the table {@code product} holds it. */
record Product(
    @Id long id,
    long categoryId,
    long supplierId,
    String sku,
    String name,
    String unit,
    BigDecimal price,
    int stock) {}
