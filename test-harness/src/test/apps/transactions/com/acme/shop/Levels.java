/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import dev.larder.CachePut;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The level of an article's stock, by a put where {@link ArticleRepository} has an evict. */
@Service
public class Levels {

  private final JdbcTemplate jdbc;
  private final ArticleRepository articles;

  Levels(JdbcTemplate jdbc, ArticleRepository articles) {
    this.jdbc = jdbc;
    this.articles = articles;
  }

  @Cache(value = "levels", key = "{id}")
  @Transactional(readOnly = true)
  public int level(long id) {
    return jdbc.queryForObject("select stock from article where id = ?", Integer.class, id);
  }

  @CachePut(value = "levels", key = "{id}")
  @Transactional
  public int put(long id, int stock) {
    jdbc.update("update article set stock = ? where id = ?", stock, id);
    return stock;
  }

  /** What a transaction of its own is given, inside one that has changed both. */
  @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
  public String apart(long id) {
    return articles.stock(id) + " " + level(id);
  }
}
