/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The price list, and its changes. */
@Service
class PriceService {

  private final ProductRepository products;
  private final JdbcClient jdbc;

  PriceService(ProductRepository products, JdbcClient jdbc) {
    this.products = products;
    this.jdbc = jdbc;
  }

  /** One line for each category, by name. */
  public List<PriceLine> list() {
    return jdbc.sql(
            """
            select c.name as category, count(*) as products, min(p.price) as lowest,
                   cast(median(p.price) as decimal(10, 2)) as median, max(p.price) as highest,
                   (select round(sum(l.quantity * l.unit_price) / sum(l.quantity), 2)
                      from order_line l join product q on q.id = l.product_id
                     where q.category_id = c.id) as paid,
                   (select sum(l.quantity * l.unit_price)
                      from orders o
                      join order_line l on l.order_id = o.id
                      join product q on q.id = l.product_id
                     where q.category_id = c.id) as turnover,
                   (select q.name from product q
                     where q.category_id = c.id order by q.price desc, q.id limit 1) as dearest
              from category c join product p on p.category_id = c.id
             group by c.id, c.name
             order by c.name
            """)
        .query(PriceLine.class)
        .list();
  }

  /**
   * Gives a product a new price.
   *
   * @throws UnknownProductException where there is no such product
   */
  @Transactional
  public void change(long id, BigDecimal price) {
    if (products.updatePrice(id, price) == 0) {
      throw new UnknownProductException(id);
    }
  }
}
