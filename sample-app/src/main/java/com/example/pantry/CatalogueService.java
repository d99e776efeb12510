/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import dev.larder.Cache;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What the shop's pages show of its products. */
@Service
class CatalogueService {

  private final ProductRepository products;
  private final JdbcClient jdbc;

  CatalogueService(ProductRepository products, JdbcClient jdbc) {
    this.products = products;
    this.jdbc = jdbc;
  }

  List<ProductSummary> search(String text) {
    return products.search(text.strip());
  }

  /**
   * A product with its rank, its companions and what is thought of it; empty where there is none.
   */
  @Cache(value = "product", ttl = "60s", key = "{id}")
  Optional<ProductDetail> product(long id) {
    return products.findById(id).map(this::detail);
  }

  private ProductDetail detail(Product product) {
    Place place =
        jdbc.sql(
                """
                select place.*
                  from (select p.id, c.name as category, s.name as supplier, s.country,
                               coalesce(sum(l.quantity), 0) as sold, count(distinct o.customer) as customers,
                               rank() over (partition by c.id
                                 order by coalesce(sum(l.quantity * l.unit_price), 0) desc) as sales_rank,
                               count(*) over (partition by c.id) as rivals
                          from product p
                          join category c on c.id = p.category_id
                          join supplier s on s.id = p.supplier_id
                          left join (order_line l join orders o on o.id = l.order_id) on l.product_id = p.id
                         group by p.id, c.id, s.id) place
                 where place.id = :id
                """)
            .param("id", product.id())
            .query(Place.class)
            .single();
    return new ProductDetail(
        product.id(),
        product.sku(),
        product.name(),
        place.category(),
        place.supplier(),
        place.country(),
        product.unit(),
        product.price(),
        product.stock(),
        place.sold(),
        place.customers(),
        place.salesRank(),
        place.rivals(),
        usuallyPaid(product.categoryId()),
        ratings(product.id()),
        companions(product.id()),
        reviews(product.id()));
  }

  /**
   * The median of what was paid in a category, over all order lines; null where nothing was sold.
   */
  private BigDecimal usuallyPaid(long category) {
    return jdbc.sql(
            """
            select cast(median(l.unit_price) as decimal(10, 2)) as paid
              from product p join order_line l on l.product_id = p.id
             where p.category_id = :category
            """)
        .param("category", category)
        .query((row, number) -> Optional.ofNullable(row.getBigDecimal("paid")))
        .single()
        .orElse(null);
  }

  private List<ProductDetail.Rating> ratings(long id) {
    return jdbc.sql(
            """
            select s.x as stars, count(r.id) as reviews
              from system_range(1, 5) s
              left join review r on r.stars = s.x and r.product_id = :id
             group by s.x
             order by s.x desc
            """)
        .param("id", id)
        .query(ProductDetail.Rating.class)
        .list();
  }

  private List<ProductDetail.Companion> companions(long id) {
    return jdbc.sql(
            """
            select p.id, p.name, p.price, count(distinct other.order_id) as orders
              from order_line mine
              join order_line other
                on other.order_id = mine.order_id and other.product_id <> mine.product_id
              join product p on p.id = other.product_id
             where mine.product_id = :id
             group by p.id, p.name, p.price
             order by orders desc, p.id
             limit 5
            """)
        .param("id", id)
        .query(ProductDetail.Companion.class)
        .list();
  }

  private List<ProductDetail.Review> reviews(long id) {
    return jdbc.sql(
            """
            select author, stars, text, written from review
             where product_id = :id order by written desc, id limit 8
            """)
        .param("id", id)
        .query(ProductDetail.Review.class)
        .list();
  }

  /** What the statistics over all orders say of one product. */
  record Place(
      String category,
      String supplier,
      String country,
      long sold,
      int customers,
      int salesRank,
      int rivals) {}
}
