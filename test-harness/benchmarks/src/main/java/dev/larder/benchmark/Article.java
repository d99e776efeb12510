/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A value of about a kilobyte of JSON. */
public record Article(long id, String title, String text, List<Offer> offers) {

  /** What somebody asks for the article. */
  public record Offer(String seller, BigDecimal price, int stock) {}

  static Article of(long id) {
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      offers.add(new Offer("seller-" + i, BigDecimal.valueOf(1999 + i, 2), i * 3));
    }
    return new Article(
        id,
        "An article with the number " + id,
        "It says so itself. ".repeat(25),
        List.copyOf(offers));
  }
}
