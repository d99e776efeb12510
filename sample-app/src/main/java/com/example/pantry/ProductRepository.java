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
   * At most 40 products whose name or category contains the text, what sold best first. The rank is
   * among all of the category, also those that do not match.
   */
  @Query(
      value =
          """
          select shelf.*,
                 (select coalesce(round(avg(cast(r.stars as decimal(10, 4))), 1), 0)
                    from review r where r.product_id = shelf.id) as stars
            from (select p.id, p.sku, p.name, c.name as category, p.unit, p.price,
                         coalesce(sum(l.quantity), 0) as sold,
                         rank() over (partition by c.id
                           order by coalesce(sum(l.quantity * l.unit_price), 0) desc) as sales_rank
                    from product p
                    join category c on c.id = p.category_id
                    left join order_line l on l.product_id = p.id
                   group by p.id, c.id) shelf
           where lower(name) like concat('%', lower(:text), '%')
              or lower(category) like concat('%', lower(:text), '%')
           order by sold desc, id
           limit 40
          """,
      rowMapperClass = ProductSummaryMapper.class)
  List<ProductSummary> search(String text);

  @Modifying
  @Query("update product set price = :price where id = :id")
  int updatePrice(long id, BigDecimal price);
}
