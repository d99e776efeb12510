/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

/** The shop as a visitor sees it, without the agent. */
@SpringBootTest
@AutoConfigureMockMvc
class CatalogueTest {

  @Autowired private MockMvc shop;
  @Autowired private PriceService prices;
  @Autowired private CatalogueService catalogue;

  @Test
  void search_wordOfCategory_findsBestSoldFirst() {
    List<ProductSummary> found = catalogue.search(" Honey ");

    assertThat(found).hasSize(40);
    assertThat(found)
        .allSatisfy(p -> assertThat(p.name() + p.category()).containsIgnoringCase("honey"));
    assertThat(found).doesNotHaveDuplicates();
    assertThat(found).isSortedAccordingTo((a, b) -> Long.compare(b.sold(), a.sold()));
    assertThat(found).filteredOn(p -> p.salesRank() == 1).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void search_unknownWord_saysSo() throws Exception {
    shop.perform(get("/").param("q", "<zeppelin>"))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("&lt;zeppelin&gt;")));
  }

  @Test
  void product_known_hasRankAndCompanions() throws Exception {
    shop.perform(get("/api/products/3"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.salesRank").isNumber())
        .andExpect(jsonPath("$.usuallyPaid").isNumber())
        .andExpect(jsonPath("$.ratings.length()").value(5))
        .andExpect(jsonPath("$.boughtWith.length()").value(5));
    shop.perform(get("/products/3")).andExpect(status().isOk());
  }

  @Test
  void product_unknown_is404() throws Exception {
    shop.perform(get("/api/products/999999")).andExpect(status().isNotFound());
  }

  @Test
  void prices_lineForEachCategory_medianBetweenEnds() throws Exception {
    List<PriceLine> lines = prices.list();

    assertThat(lines).hasSize(Words.CATEGORIES.size());
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.median()).isBetween(line.lowest(), line.highest()));
    shop.perform(get("/prices")).andExpect(status().isOk());
  }

  @Test
  void changePrice_jsonAndForm_bothAreSeen() throws Exception {
    shop.perform(
            put("/api/products/7/price")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"price\": 12.5}"))
        .andExpect(status().isNoContent());
    shop.perform(get("/api/products/7")).andExpect(jsonPath("$.price").value(12.5));

    shop.perform(post("/products/7/price").param("price", "13.75"))
        .andExpect(redirectedUrl("/products/7"));
    shop.perform(get("/api/products/7")).andExpect(jsonPath("$.price").value(13.75));
  }

  @Test
  void changePrice_notAPrice_isRefused() throws Exception {
    for (String wrong : List.of("-1", "0", "1.005", "100000")) {
      shop.perform(post("/products/8/price").param("price", wrong))
          .andExpect(status().isBadRequest());
    }
    shop.perform(post("/products/999999/price").param("price", "1"))
        .andExpect(status().isNotFound());
  }
}
