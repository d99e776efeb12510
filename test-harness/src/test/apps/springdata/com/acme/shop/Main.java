/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import java.util.Collection;
import java.util.List;
import org.springframework.data.keyvalue.core.KeyValueTemplate;
import org.springframework.data.keyvalue.repository.support.KeyValueRepositoryFactory;
import org.springframework.data.map.MapKeyValueAdapter;

/** A Spring Data repository: nothing but an interface, until Spring makes a proxy of it. */
public final class Main {

  /** Counts what reaches the store. */
  static final class CountingStore extends MapKeyValueAdapter {
    int reads;

    @Override
    public <T> T get(Object id, String keyspace, Class<T> type) {
      reads++;
      return super.get(id, keyspace, type);
    }

    @Override
    public <T> Iterable<T> getAllOf(String keyspace, Class<T> type) {
      reads++;
      return super.getAllOf(keyspace, type);
    }

    @Override
    public Collection<?> getAllOf(String keyspace) {
      reads++;
      return super.getAllOf(keyspace);
    }
  }

  public static void main(String[] args) {
    CountingStore store = new CountingStore();
    ProductRepository products =
        new KeyValueRepositoryFactory(new KeyValueTemplate(store))
            .getRepository(ProductRepository.class);
    products.save(new Product(1L, "jar"));
    store.reads = 0;

    products.findById(1L).orElseThrow(); // the store's own
    products.findById(1L).orElseThrow().setName("changed by its caller");
    for (int i = 0; i < 3; i++) {
      System.out.println("byId=" + products.findById(1L).orElseThrow().getName());
    }
    System.out.println("readsById=" + store.reads);

    store.reads = 0;
    List<Product> first = products.findByName("jar");
    List<Product> second = products.findByName("jar");
    List<Product> third = products.findByName("jar");
    System.out.println(
        "byName="
            + first.size()
            + " "
            + second.size()
            + " "
            + third.size()
            + " reads="
            + store.reads);

    products.save(new Product(1L, "tin"));
    System.out.println("saved=" + products.findById(1L).orElseThrow().getName());
  }
}
