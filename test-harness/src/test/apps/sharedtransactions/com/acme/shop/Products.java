/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CacheIgnore;
import dev.larder.CachePut;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the shop asks of the database that several JVMs share. */
public class Products {

  final AtomicInteger runs = new AtomicInteger();
  private final JdbcTemplate jdbc;

  Products(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Cache(value = "names", key = "{id}", tags = "names")
  public String name(long id) {
    runs.incrementAndGet();
    return read(id);
  }

  /** By arguments, and in the database. */
  @Cache("lengths")
  public int length(long id) {
    runs.incrementAndGet();
    return read(id).length();
  }

  public String read(long id) {
    return jdbc.queryForObject("select name from product where id = ?", String.class, id);
  }

  @CacheEvict(value = "names", key = "{id}")
  @CacheEvict("lengths")
  public void rename(long id, @CacheIgnore String name) {
    write(id, name);
  }

  @CachePut(value = "names", key = "{id}", tags = "names")
  public String renamed(long id, String name) {
    write(id, name);
    return name;
  }

  /** The same for what is made of many, each with a tag of its own. */
  @CachePut(value = "names", key = "{p0}", tags = "names")
  @CacheEvict(value = "pages", tags = "pages")
  public String renamedOnPages(long id, String name) {
    write(id, name);
    return name;
  }

  /** Without a word to any cache. */
  public void write(long id, String name) {
    jdbc.update("merge into product key (id) values (?, ?)", id, name);
  }
}
