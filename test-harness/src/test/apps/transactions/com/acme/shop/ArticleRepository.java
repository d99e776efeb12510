/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import dev.larder.CacheEvict;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** An interface that Spring Data implements; the file evicts where it saves. */
public interface ArticleRepository extends JpaRepository<Article, Long> {

  @Cache(value = "stock", key = "{id}")
  @Query("select a.stock from Article a where a.id = :id")
  Integer stock(@Param("id") Long id);

  @CacheEvict(value = "stock", key = "{id}")
  @Modifying
  @Query("update Article a set a.stock = :stock where a.id = :id")
  int restock(@Param("id") Long id, @Param("stock") int stock);

  @Cache("pages")
  @Query("select new com.acme.shop.ArticleView(a.id, a.stock) from Article a order by a.id")
  Page<ArticleView> page(Pageable page);
}
