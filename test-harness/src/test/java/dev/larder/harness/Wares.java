/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An application whose methods give values of many types, the same at each call. */
@SuppressWarnings("unused") // by reflection
final class Wares {

  private final AtomicInteger runs = new AtomicInteger();

  /** How many bodies have run. */
  int runs() {
    return runs.get();
  }

  private <T> T run(T value) {
    runs.incrementAndGet();
    return value;
  }

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green!";
      }
    }
  }

  record Price(long id, BigDecimal amount, Optional<String> note) {}

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side, Colour colour) implements Shape {}

  /** Mutable, with fields of its superclass, and no property for one of them. */
  static class Label {
    private final List<String> lines = new ArrayList<>();
  }

  static final class Sticker extends Label {
    private int size;
    private Sticker other;

    @Override
    public boolean equals(Object thing) {
      return thing instanceof Sticker sticker
          && sticker.size == size
          && ((Label) sticker).lines.equals(((Label) this).lines)
          && Objects.equals(sticker.other, other);
    }

    @Override
    public int hashCode() {
      return size;
    }
  }

  private static Sticker sticker(int size, Sticker other) {
    Sticker sticker = new Sticker();
    sticker.size = size;
    ((Label) sticker).lines.add("line \u0000 \ud83d\ude00");
    sticker.other = other;
    return sticker;
  }

  boolean flag() {
    return run(true);
  }

  byte smallest() {
    return run(Byte.MIN_VALUE);
  }

  char letter() {
    return run('\ud800');
  }

  int number() {
    return run(Integer.MIN_VALUE);
  }

  long wide() {
    return run(Long.MAX_VALUE);
  }

  double real() {
    return run(-0.0);
  }

  float unreal() {
    return run(Float.NaN);
  }

  Double infinite() {
    return run(Double.NEGATIVE_INFINITY);
  }

  String nothing() {
    return run(null);
  }

  String empty() {
    return run("");
  }

  String text() {
    return run("\u0000\r\n\"\\ é 日本 \ud83d\ude00 </script>");
  }

  BigDecimal money() {
    return run(new BigDecimal("9.500"));
  }

  BigInteger huge() {
    return run(BigInteger.TEN.pow(100));
  }

  byte[] noBytes() {
    return run(new byte[0]);
  }

  byte[] bytes() {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    return run(every);
  }

  byte[] manyBytes() {
    byte[] many = new byte[200_000];
    new Random(1).nextBytes(many);
    return run(many);
  }

  int[][] table() {
    return run(new int[][] {{1, 2}, {}, {3}});
  }

  String[] texts() {
    return run(new String[] {"a", null, ""});
  }

  UUID id() {
    return run(new UUID(1, 2));
  }

  Instant moment() {
    return run(Instant.parse("2026-11-29T10:15:30.123456789Z"));
  }

  LocalDate day() {
    return run(LocalDate.of(-1, 2, 28));
  }

  ZonedDateTime zoned() {
    return run(ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")));
  }

  Duration length() {
    return run(Duration.ofNanos(-1));
  }

  Optional<String> none() {
    return run(Optional.empty());
  }

  Optional<List<Map<UUID, Price>>> nested() {
    return run(Optional.of(List.of(Map.of(new UUID(3, 4), price()))));
  }

  private static Price price() {
    return new Price(7, new BigDecimal("1E+3"), Optional.of("a\tb"));
  }

  Price one() {
    return run(price());
  }

  List<Price> noPrices() {
    return run(List.of());
  }

  List<Price> prices() {
    List<Price> prices = new ArrayList<>(List.of(price()));
    prices.add(null);
    return run(prices);
  }

  Set<Colour> colours() {
    return run(new LinkedHashSet<>(List.of(Colour.GREEN, Colour.RED)));
  }

  EnumMap<Colour, Integer> counts() {
    return run(new EnumMap<>(Map.of(Colour.RED, 1)));
  }

  Map<Long, Colour> inOrder() {
    Map<Long, Colour> map = new LinkedHashMap<>();
    map.put(2L, Colour.RED);
    map.put(1L, Colour.GREEN);
    return run(map);
  }

  @SuppressWarnings("NonApiType") // what it declares is to come back
  TreeMap<String, List<Integer>> sorted() {
    return run(new TreeMap<>(Map.of("b", List.of(1), "a", List.of())));
  }

  Map<String, List<Integer>> sortedAsMap() {
    return run(new TreeMap<>(Map.of("b", List.of(1), "a", List.of())));
  }

  Set<Colour> sortedAsSet() {
    return run(new TreeSet<>(List.of(Colour.GREEN, Colour.RED)));
  }

  Collection<Colour> setAsCollection() {
    return run(new HashSet<>(List.of(Colour.GREEN, Colour.RED)));
  }

  Colour colour() {
    return run(Colour.GREEN);
  }

  Shape shape() {
    return run(new Square(3, Colour.RED));
  }

  List<Shape> shapes() {
    return run(List.of(new Circle(0.1), new Square(3, Colour.GREEN)));
  }

  Sticker mutable() {
    return run(sticker(1, sticker(2, null)));
  }
}
