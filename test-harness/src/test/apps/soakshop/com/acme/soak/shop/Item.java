/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

import java.io.Serializable;
import java.math.BigDecimal;

/** Something that cannot change. */
public record Item(long id, Kind kind, String shelf, BigDecimal price) implements Serializable {

  /** One of a deployment's own constants. */
  public enum Kind {
    JAR,
    TIN {
      @Override
      String material() {
        return "tin";
      }
    };

    String material() {
      return "glass";
    }
  }

  static Item of(long id) {
    return new Item(
        id, id % 2 == 0 ? Kind.JAR : Kind.TIN, "shelf" + id % 5, BigDecimal.valueOf(id, 2));
  }
}
