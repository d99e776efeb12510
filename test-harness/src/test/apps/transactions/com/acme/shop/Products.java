/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CacheIgnore;
import dev.larder.CachePut;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.springframework.stereotype.Repository;

/** What the shop asks of its database; what is cached are names, and entities. */
@Repository
public class Products {

  static int runs;

  @PersistenceContext private EntityManager entities;

  @Cache(value = "names", key = "{id}")
  public String name(long id) {
    runs++;
    Product product = entities.find(Product.class, id);
    return product == null ? null : product.getName();
  }

  /** By arguments, so that an evict with equal arguments means it. */
  @Cache("lengths")
  public int length(long id) {
    runs++;
    return entities.find(Product.class, id).getName().length();
  }

  @CacheEvict(value = "names", key = "{id}")
  @CacheEvict("lengths")
  public void rename(long id, @CacheIgnore String name) {
    entities.find(Product.class, id).setName(name);
    entities.flush();
  }

  @CacheEvict(value = "names", key = "{id}")
  public void touch(long id) {}

  @CachePut(value = "names", key = "{id}")
  public String renamed(long id, String name) {
    entities.find(Product.class, id).setName(name);
    entities.flush();
    return name;
  }

  @CachePut(value = "names", key = "{id}")
  public String renamedUnflushed(long id, String name) {
    entities.find(Product.class, id).setName(name);
    return name;
  }

  @Cache(value = "whole", key = "{id}")
  public Product withReviews(long id) {
    return loaded(id);
  }

  private Product loaded(long id) {
    runs++;
    return entities
        .createQuery(
            "select p from Product p left join fetch p.reviews where p.id = :id", Product.class)
        .setParameter("id", id)
        .getSingleResult();
  }

  @Cache(value = "lazy", key = "{id}")
  public Product withoutReviews(long id) {
    runs++;
    return entities.find(Product.class, id);
  }

  @Cache(value = "references", key = "{id}")
  public Product reference(long id) {
    runs++;
    return entities.getReference(Product.class, id);
  }

  @Cache(value = "detached", key = "{id}")
  public Product detached(long id) {
    return loaded(id);
  }

  public boolean isManaged(Product product) {
    return entities.contains(product);
  }

  public void add(Product product) {
    entities.persist(product);
  }
}
