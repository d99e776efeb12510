/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Review {

  @Id private Long id;
  private String text;

  protected Review() {}

  public Review(Long id, String text) {
    this.id = id;
    this.text = text;
  }

  public String getText() {
    return text;
  }
}
