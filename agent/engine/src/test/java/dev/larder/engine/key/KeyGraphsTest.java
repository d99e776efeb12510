/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Keys of object graphs drawn at random: equal if and only if the graphs are, by value. */
@SuppressWarnings({"EnumOrdinal", "JdkObsolete", "UnnecessaryStringBuilder"})
class KeyGraphsTest {

  private static final KeyParts KEYS = new KeyParts(FieldAccess.plain());

  private static final List<String> LEAVES =
      List.of("null", "int", "long", "text", "ints", "suit", "builder", "double", "atomic");
  private static final List<String> HOLDERS =
      List.of("list", "set", "array", "map", "pair", "named", "optional", "entry");

  record Pair(Object left, Object right) {}

  record Named(String name, int number, Object rest) {}

  enum Suit {
    CLUBS,
    HEARTS
  }

  /**
   * A graph as it is meant: equal plans are graphs that are equal by value. It is built anew for
   * each copy, by other classes and in another order where that is no part of the value.
   */
  private record Plan(String kind, int seed, List<Plan> children) {

    static Plan draw(Random random, int depth) {
      if (depth == 0 || random.nextInt(4) == 0) {
        String kind = LEAVES.get(random.nextInt(LEAVES.size()));
        return new Plan(kind, kind.equals("null") ? 0 : random.nextInt(2), List.of());
      }
      String kind = HOLDERS.get(random.nextInt(HOLDERS.size()));
      int count =
          switch (kind) {
            case "pair", "entry" -> 2;
            case "named", "optional" -> 1;
            default -> random.nextInt(4);
          };
      List<Plan> children = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        children.add(draw(random, depth - 1));
      }
      return new Plan(kind, kind.equals("named") ? random.nextInt(2) : 0, children);
    }

    /** The same graph but for one leaf or holder. */
    Plan mutated(Random random) {
      if (children.isEmpty() || random.nextInt(3) == 0) {
        return new Plan(kind.equals("long") ? "int" : "long", seed + 1, List.of());
      }
      List<Plan> others = new ArrayList<>(children);
      int place = random.nextInt(others.size());
      others.set(place, others.get(place).mutated(random));
      return new Plan(kind, seed, others);
    }

    /** What two graphs have in common exactly if they are equal by value. */
    String meaning() {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < children.size(); i++) {
        parts.add((kind.equals("map") ? i + "=" : "") + children.get(i).meaning());
      }
      if (kind.equals("set")) {
        Collections.sort(parts);
      }
      return (kind.equals("builder") ? "text" : kind) + seed + parts;
    }

    Object build(Random order) {
      List<Object> parts = new ArrayList<>();
      for (Plan each : children) {
        parts.add(each.build(order));
      }
      return switch (kind) {
        case "null" -> null;
        case "int" -> seed;
        case "long" -> (long) seed;
        case "text" -> String.valueOf(seed);
        case "builder" -> new StringBuilder().append(seed);
        case "ints" -> new int[] {seed, 1};
        case "suit" -> Suit.values()[seed % 2];
        case "double" -> (double) seed;
        case "atomic" -> new java.util.concurrent.atomic.AtomicLong(seed);
        case "list" -> list(parts, order.nextInt(3));
        case "set" -> {
          Collections.shuffle(parts, order);
          // By identity, so that elements equal by value stand side by side.
          Set<Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
          parts.forEach(each -> set.add(new Object[] {each}));
          yield set;
        }
        case "array" -> parts.toArray();
        case "map" -> map(parts, order);
        case "pair" -> new Pair(parts.get(0), parts.get(1));
        case "named" -> new Named("n" + seed, seed, parts.get(0));
        case "optional" -> Optional.of(Arrays.asList(parts.get(0)));
        case "entry" -> new java.util.AbstractMap.SimpleEntry<>(parts.get(0), parts.get(1));
        default -> throw new IllegalStateException(kind);
      };
    }

    private static Object list(List<Object> parts, int which) {
      return switch (which) {
        case 0 -> new LinkedList<>(parts);
        case 1 -> parts.contains(null) ? parts : new ArrayDeque<>(parts);
        default -> Collections.unmodifiableList(parts);
      };
    }

    private static Object map(List<Object> parts, Random order) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        places.add(i);
      }
      Collections.shuffle(places, order);
      Map<Object, Object> map = order.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
      for (int each : places) {
        map.put(each, parts.get(each));
      }
      return map;
    }
  }

  @Property(tries = 2000)
  void part_ofCopies_isEqual(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Plan plan = Plan.draw(random, 4);
    Object one = KEYS.part(plan.build(random));
    Object two = KEYS.part(plan.build(random));
    assertThat(one).as("%s", plan).isEqualTo(two);
    assertThat(KeyText.of(one)).isEqualTo(KeyText.of(two));
  }

  @Property(tries = 2000)
  void part_ofMutatedGraph_differs(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Plan plan = Plan.draw(random, 4);
    Plan other = plan.mutated(random);
    Object one = KEYS.part(plan.build(random));
    Object two = KEYS.part(other.build(random));
    boolean isEqual = plan.meaning().equals(other.meaning());
    assertThat(java.util.Objects.equals(one, two)).as("%s %s", plan, other).isEqualTo(isEqual);
    assertThat(KeyText.of(one).equals(KeyText.of(two))).isEqualTo(isEqual);
  }

  /** Small graphs, since among these many pairs are equal or nearly so. */
  @Property(tries = 200)
  void part_ofManyGraphs_isAsManyAsTheirMeanings(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Set<String> meanings = new HashSet<>();
    Set<Object> parts = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Plan plan = Plan.draw(random, 2);
      Object part = KEYS.part(plan.build(random));
      meanings.add(plan.meaning());
      parts.add(part);
      texts.add(KeyText.of(part));
    }
    assertThat(parts).hasSameSizeAs(meanings);
    assertThat(texts).hasSameSizeAs(meanings);
  }
}
