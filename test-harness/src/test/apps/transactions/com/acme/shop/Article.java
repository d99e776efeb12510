/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What is counted. An odd stock is a draft, and never committed. */
@Entity
public class Article {

  @Id private Long id;
  private int stock;

  protected Article() {}

  public Article(Long id, int stock) {
    this.id = id;
    this.stock = stock;
  }

  public Long getId() {
    return id;
  }
}
