/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Something that callers change. */
public class Product implements Serializable {
  private static final long serialVersionUID = 1L;

  long id;
  List<Item> parts = new ArrayList<>();
  byte[] picture;

  static Product of(long id) {
    Product product = new Product();
    product.id = id;
    product.parts.add(Item.of(id));
    product.picture = new byte[200];
    return product;
  }

  static List<Product> listOf(long id) {
    return new ArrayList<>(List.of(of(id), of(id)));
  }
}
