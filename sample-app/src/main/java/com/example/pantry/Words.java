/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.pantry;

import java.util.List;
import java.util.Random;

/** The words that the catalogue's rows are made of. */
final class Words {

  static final List<String> MANNERS =
      List.of(
          "Organic",
          "Smoked",
          "Wild",
          "Aged",
          "Stone-ground",
          "Hand-picked",
          "Sun-dried",
          "Farmhouse",
          "Unsalted",
          "Roasted",
          "Spiced",
          "Classic",
          "Fine",
          "Coarse",
          "Mountain",
          "Coastal",
          "Early",
          "Late-harvest",
          "Single-estate",
          "Traditional");

  private static final List<String> WEIGHTS = List.of("250 g", "500 g", "1 kg", "5 kg", "10 kg");
  private static final List<String> VOLUMES = List.of("250 ml", "500 ml", "750 ml", "1 l", "5 l");
  private static final List<String> JARS = List.of("180 g jar", "340 g jar", "6 × 340 g", "1 kg");

  static final List<Shelf> CATEGORIES =
      List.of(
          new Shelf(
              "Oils & vinegars",
              VOLUMES,
              List.of(
                  "Olive oil", "Rapeseed oil", "Walnut oil", "Cider vinegar", "Sherry vinegar")),
          new Shelf(
              "Flour & grains",
              WEIGHTS,
              List.of("Wheat flour", "Rye flour", "Spelt", "Oats", "Pearl barley", "Buckwheat")),
          new Shelf(
              "Pasta & rice",
              WEIGHTS,
              List.of("Spaghetti", "Penne", "Risotto rice", "Basmati rice", "Orzo", "Couscous")),
          new Shelf(
              "Pulses",
              WEIGHTS,
              List.of("Red lentils", "Green lentils", "Chickpeas", "Butter beans", "Split peas")),
          new Shelf(
              "Honey & preserves",
              JARS,
              List.of(
                  "Heather honey", "Acacia honey", "Plum jam", "Orange marmalade", "Quince jelly")),
          new Shelf(
              "Spices & herbs",
              List.of("40 g tin", "100 g tin", "500 g bag"),
              List.of("Paprika", "Cumin", "Thyme", "Black pepper", "Cardamom", "Bay leaves")),
          new Shelf(
              "Coffee & tea",
              List.of("125 g", "250 g", "1 kg"),
              List.of("Espresso beans", "Filter coffee", "Assam tea", "Sencha", "Rooibos")),
          new Shelf(
              "Cheese",
              List.of("200 g", "1 kg", "whole wheel"),
              List.of("Cheddar", "Gruyère", "Pecorino", "Blue cheese", "Goat's cheese")),
          new Shelf(
              "Fish & seafood",
              List.of("115 g tin", "200 g", "1 kg"),
              List.of("Sardines", "Mackerel", "Anchovies", "Trout", "Mussels", "Herring")),
          new Shelf(
              "Pickles & sauces",
              JARS,
              List.of("Gherkins", "Capers", "Mustard", "Tomato sauce", "Chutney", "Olives")),
          new Shelf(
              "Nuts & dried fruit",
              WEIGHTS,
              List.of("Almonds", "Hazelnuts", "Walnuts", "Apricots", "Figs", "Raisins")),
          new Shelf(
              "Chocolate & biscuits",
              List.of("100 g", "12 × 100 g", "300 g tin"),
              List.of(
                  "Dark chocolate",
                  "Milk chocolate",
                  "Oatcakes",
                  "Shortbread",
                  "Ginger biscuits")));

  static final List<Maker> SUPPLIERS =
      List.of(
          new Maker("Harrow & Sons", "United Kingdom"),
          new Maker("Mulino Bellini", "Italy"),
          new Maker("Casa Almendro", "Spain"),
          new Maker("Ferme du Tilleul", "France"),
          new Maker("Nordhavn Fisk", "Denmark"),
          new Maker("Alpenhof Käserei", "Switzerland"),
          new Maker("Ktima Eleni", "Greece"),
          new Maker("Quinta da Serra", "Portugal"),
          new Maker("Mühle Lindenau", "Germany"),
          new Maker("Brennan's Dairy", "Ireland"),
          new Maker("Van der Meer Thee", "Netherlands"),
          new Maker("Skog & Bær", "Norway"));

  static final List<String> PEOPLE =
      List.of(
          "Café Morgenrot",
          "The Copper Kettle",
          "Bistro Lumière",
          "Osteria Piccola",
          "Hannah Whitfield",
          "Tomás Ferreira",
          "Greta Lindqvist",
          "Delicatessen Novák",
          "Bakery Sørensen",
          "Ruth Adeyemi",
          "Hotel Bellevue",
          "Jonas Keller",
          "Corner Pantry",
          "Elif Demir",
          "School Kitchen North",
          "Marta Kowalska");

  static final List<String> PRAISE =
      List.of(
          "Our guests ask for it by name.",
          "Better than what we had before, and cheaper by the case.",
          "Arrived well packed; the quality has been the same for a year.",
          "Full of flavour. We will order it again.",
          "Exactly as described.");

  static final List<String> DOUBT =
      List.of(
          "Decent, but the last batch was smaller than the label says.",
          "Good enough for cooking, not for the table.",
          "Too salty for us.",
          "One of six arrived broken; they replaced it.");

  private Words() {}

  static String any(Random random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  /** A category, what stands on its shelf, and in which sizes. */
  record Shelf(String name, List<String> units, List<String> goods) {}

  /** A supplier. */
  record Maker(String name, String country) {}
}
