/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.math.BigDecimal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The catalogue as pages. */
@Controller
class CataloguePages {

  private final CatalogueService catalogue;
  private final PriceService prices;

  CataloguePages(CatalogueService catalogue, PriceService prices) {
    this.catalogue = catalogue;
    this.prices = prices;
  }

  @GetMapping("/")
  String search(@RequestParam(defaultValue = "") String q, Model model) {
    model.addAttribute("q", q);
    model.addAttribute("products", catalogue.search(q));
    return "search";
  }

  @GetMapping("/products/{id}")
  String product(@PathVariable long id, Model model) {
    model.addAttribute(
        "product", catalogue.product(id).orElseThrow(() -> new UnknownProductException(id)));
    return "product";
  }

  @GetMapping("/prices")
  String prices(Model model) {
    model.addAttribute("lines", prices.list());
    return "prices";
  }

  @PostMapping("/products/{id}/price")
  String changePrice(@PathVariable long id, @RequestParam BigDecimal price) {
    prices.change(id, new NewPrice(price).checked());
    return "redirect:/products/" + id;
  }
}
