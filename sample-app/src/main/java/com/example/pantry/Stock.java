/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Fills the empty database before the first request is taken, with the same rows each time. */
@Component
class Stock implements InitializingBean {

  private static final long SEED = 20260101;
  private static final int PRODUCTS = 2400;
  private static final int ORDERS = 9000;
  private static final int REVIEWS = 6000;
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 720;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;

  Stock(JdbcTemplate jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public void afterPropertiesSet() {
    transactions.executeWithoutResult(status -> fill());
  }

  private void fill() {
    Random random = new Random(SEED);
    List<Object[]> categories = new ArrayList<>();
    for (int i = 0; i < Words.CATEGORIES.size(); i++) {
      categories.add(new Object[] {i + 1, Words.CATEGORIES.get(i).name()});
    }
    jdbc.batchUpdate("insert into category values (?, ?)", categories);
    List<Object[]> suppliers = new ArrayList<>();
    for (int i = 0; i < Words.SUPPLIERS.size(); i++) {
      Words.Maker maker = Words.SUPPLIERS.get(i);
      suppliers.add(new Object[] {i + 1, maker.name(), maker.country()});
    }
    jdbc.batchUpdate("insert into supplier values (?, ?, ?)", suppliers);
    List<BigDecimal> prices = products(random);
    orders(random, prices);
    reviews(random);
  }

  private List<BigDecimal> products(Random random) {
    List<Object[]> rows = new ArrayList<>();
    List<BigDecimal> prices = new ArrayList<>();
    for (int id = 1; id <= PRODUCTS; id++) {
      int category = random.nextInt(Words.CATEGORIES.size());
      Words.Shelf shelf = Words.CATEGORIES.get(category);
      int supplier = random.nextInt(Words.SUPPLIERS.size());
      String name =
          Words.any(random, Words.MANNERS)
              + " "
              + Words.any(random, shelf.goods()).toLowerCase(Locale.ROOT);
      BigDecimal price = BigDecimal.valueOf(145 + random.nextInt(2_600), 2);
      prices.add(price);
      rows.add(
          new Object[] {
            id,
            category + 1,
            supplier + 1,
            "PA-%05d".formatted(10_000 + id * 7),
            name,
            Words.any(random, shelf.units()),
            price,
            random.nextInt(400)
          });
    }
    jdbc.batchUpdate("insert into product values (?, ?, ?, ?, ?, ?, ?, ?)", rows);
    return prices;
  }

  private void orders(Random random, List<BigDecimal> prices) {
    List<Object[]> orders = new ArrayList<>();
    List<Object[]> lines = new ArrayList<>();
    for (int order = 1; order <= ORDERS; order++) {
      LocalDate day = FIRST_DAY.plusDays((long) order * DAYS / ORDERS);
      orders.add(new Object[] {order, Words.any(random, Words.PEOPLE), day});
      int count = 2 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        // The square makes few products sell often and most seldom, as in any shop.
        double share = random.nextDouble();
        int product = (int) (share * share * PRODUCTS);
        lines.add(
            new Object[] {
              lines.size() + 1, order, product + 1, 1 + random.nextInt(12), prices.get(product)
            });
      }
    }
    jdbc.batchUpdate("insert into orders values (?, ?, ?)", orders);
    jdbc.batchUpdate("insert into order_line values (?, ?, ?, ?, ?)", lines);
  }

  private void reviews(Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int id = 1; id <= REVIEWS; id++) {
      int stars = Math.min(5, 2 + random.nextInt(5));
      rows.add(
          new Object[] {
            id,
            1 + random.nextInt(PRODUCTS),
            Words.any(random, Words.PEOPLE),
            stars,
            Words.any(random, stars > 3 ? Words.PRAISE : Words.DOUBT),
            FIRST_DAY.plusDays(random.nextInt(DAYS))
          });
    }
    jdbc.batchUpdate("insert into review values (?, ?, ?, ?, ?, ?)", rows);
  }
}
