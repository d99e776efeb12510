/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import dev.larder.Cache;
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

  /** A product with its rank, its companions and its reviews; empty where there is none. */
  @Cache(value = "product", ttl = "60s", key = "{id}")
  Optional<ProductDetail> product(long id) {
    return products.findById(id).map(this::detail);
  }

  private ProductDetail detail(Product product) {
    Place place =
        jdbc.sql(
                """
                with turnover as (
                  select p.id, sum(l.quantity) as sold, sum(l.quantity * l.unit_price) as revenue,
                         count(distinct o.customer) as customers
                    from product p
                    join order_line l on l.product_id = p.id
                    join orders o on o.id = l.order_id
                   group by p.id)
                select c.name as category, s.name as supplier, s.country,
                       coalesce(t.sold, 0) as sold,
                       coalesce(t.customers, 0) as customers,
                       (select count(*) + 1
                          from turnover other join product q on q.id = other.id
                         where q.category_id = p.category_id
                           and other.revenue > coalesce(t.revenue, 0)) as sales_rank
                  from product p
                  join category c on c.id = p.category_id
                  join supplier s on s.id = p.supplier_id
                  left join turnover t on t.id = p.id
                 where p.id = :id
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
        companions(product.id()),
        reviews(product.id()));
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
      String category, String supplier, String country, long sold, int customers, int salesRank) {}
}
