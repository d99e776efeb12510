/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.RowMapper;

/** Reads a {@link ProductSummary} from a row. */
final class ProductSummaryMapper implements RowMapper<ProductSummary> {

  @Override
  public ProductSummary mapRow(ResultSet row, int number) throws SQLException {
    return new ProductSummary(
        row.getLong("id"),
        row.getString("sku"),
        row.getString("name"),
        row.getString("category"),
        row.getString("unit"),
        row.getBigDecimal("price"),
        row.getBigDecimal("stars"),
        row.getLong("sold"),
        row.getInt("sales_rank"));
  }
}
