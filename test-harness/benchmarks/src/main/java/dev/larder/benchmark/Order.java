/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mutable value, as an application of some age has many. */
public final class Order {

  public long id;
  public String customer;
  public List<Line> lines = new ArrayList<>();
  public Map<String, String> notes = new HashMap<>();

  public Order() {}

  /** A copy that shares nothing mutable with the original. */
  Order(Order other) {
    id = other.id;
    customer = other.customer;
    lines = new ArrayList<>(other.lines.size());
    for (Line line : other.lines) {
      lines.add(new Line(line));
    }
    notes = new HashMap<>(other.notes);
  }

  /** One article of an order. */
  public static final class Line {
    public String article;
    public int quantity;
    public BigDecimal price;

    public Line() {}

    Line(Line other) {
      article = other.article;
      quantity = other.quantity;
      price = other.price;
    }
  }

  static Order of(long id) {
    Order order = new Order();
    order.id = id;
    order.customer = "customer-" + id;
    for (int i = 0; i < 10; i++) {
      Line line = new Line();
      line.article = "article-" + i;
      line.quantity = i;
      line.price = BigDecimal.valueOf(199 + i, 2);
      order.lines.add(line);
    }
    order.notes.put("door", "the green one");
    order.notes.put("ring", "twice");
    return order;
  }
}
