/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Cached methods of each kind; those of {@code redis.*} are kept there, as the file says. */
class Shop {

  @Cache(value = "products", ttl = "200ms", refreshAhead = "50%", staleWhileRevalidate = "2s")
  List<Product> products(long id) {
    return Product.listOf(id);
  }

  @Cache(value = "items", key = "{id}", tags = "{result.shelf}")
  Item item(long id) {
    return Item.of(id);
  }

  @CachePut(value = "items", key = "{item.id}", tags = "{result.shelf}")
  Item update(Item item) {
    return item;
  }

  @CacheEvict(value = "items", key = "{item.id}")
  void remove(Item item) {}

  @Cache(value = "kinds", scope = "shared")
  String kind(Item item, Item.Kind kind, Class<?> type) {
    return item.kind() + " " + kind.material() + " " + type.getSimpleName();
  }

  @Cache(value = "batch", batch = true)
  Map<Long, Item> items(Collection<Long> ids) {
    Map<Long, Item> all = new LinkedHashMap<>();
    ids.forEach(id -> all.put(id, Item.of(id)));
    return all;
  }

  @Cache(value = "instance", scope = "instance")
  long ofThis(long id) {
    return id;
  }

  @Cache("failing")
  String failing(long id) throws OutOfStock {
    throw new OutOfStock(id);
  }

  @Cache(value = "redis.near", tags = "near:{id}", staleWhileRevalidate = "2s")
  List<Product> near(long id) {
    return Product.listOf(id);
  }

  @Cache(value = "redis.java", key = "{id}")
  Product serialized(long id) {
    return Product.of(id);
  }

  @CacheEvict(value = "redis.java", key = "{id}")
  void removeSerialized(long id) {}

  @Cache("redis.later")
  CompletableFuture<Item> later(long id) {
    return CompletableFuture.completedFuture(Item.of(id));
  }
}
