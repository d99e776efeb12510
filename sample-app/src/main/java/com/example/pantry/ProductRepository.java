/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The table of products. */
interface ProductRepository extends Repository<Product, Long> {

  Optional<Product> findById(long id);

  /**
   * At most 40 products whose name or category contains the text, what sold best in half a year
   * first.
   */
  @Query(
      value =
          """
          select p.id, p.sku, p.name, c.name as category, p.unit, p.price,
                 (select coalesce(round(avg(cast(r.stars as decimal(10, 4))), 1), 0)
                    from review r where r.product_id = p.id) as stars,
                 (select coalesce(sum(l.quantity), 0)
                    from order_line l join orders o on o.id = l.order_id
                   where l.product_id = p.id) as sold
            from product p join category c on c.id = p.category_id
           where lower(p.name) like concat('%', lower(:text), '%')
              or lower(c.name) like concat('%', lower(:text), '%')
           order by sold desc, p.id
           limit 40
          """,
      rowMapperClass = ProductSummaryMapper.class)
  List<ProductSummary> search(String text);

  @Modifying
  @Query("update product set price = :price where id = :id")
  int updatePrice(long id, BigDecimal price);
}
