/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue as JSON. */
@RestController
@RequestMapping("/api")
class CatalogueApi {

  private final CatalogueService catalogue;
  private final PriceService prices;

  CatalogueApi(CatalogueService catalogue, PriceService prices) {
    this.catalogue = catalogue;
    this.prices = prices;
  }

  @GetMapping("/products")
  List<ProductSummary> search(@RequestParam(defaultValue = "") String q) {
    return catalogue.search(q);
  }

  @GetMapping("/products/{id}")
  ProductDetail product(@PathVariable long id) {
    return catalogue.product(id).orElseThrow(() -> new UnknownProductException(id));
  }

  @GetMapping("/prices")
  List<PriceLine> prices() {
    return prices.list();
  }

  @PutMapping("/products/{id}/price")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changePrice(@PathVariable long id, @RequestBody NewPrice price) {
    prices.change(id, price.checked());
  }
}
