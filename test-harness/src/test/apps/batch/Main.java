/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CacheStats;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Methods that are cached per element; does what it reads, a line at a time. */
public final class Main {

  public record Price(long id, BigDecimal amount) {}

  /** What the body was last given; "-" since somebody has looked. */
  static String last = "-";

  /** A repository as Spring Data has them, with an implementation of its own. */
  interface Prices {
    Map<Long, Price> byIds(Collection<Long> ids);
  }

  static final class PricesInMemory implements Prices {
    @Override
    @Cache(value = "map", batch = true)
    public Map<Long, Price> byIds(Collection<Long> ids) {
      last = ids.toString();
      Map<Long, Price> prices = new TreeMap<>();
      ids.stream().filter(id -> id < 100).forEach(id -> prices.put(id, price(id)));
      return prices;
    }
  }

  private static final Prices PRICES = new PricesInMemory();

  @Cache(value = "keyed", key = "price:{ids}", batch = true, unless = "result.id == 3")
  static List<Price> list(List<Long> ids) {
    last = ids.toString();
    return ids.stream().map(Main::price).toList();
  }

  @Cache(value = "keyed", key = "price:{id}")
  static Price one(long id) {
    last = "one " + id;
    return price(id);
  }

  @CacheEvict("map")
  static void save(long id) {}

  /** The file says that it is cached per element. */
  static List<String> byFile(List<Integer> numbers) {
    last = numbers.toString();
    return numbers.stream().map(number -> "n" + number).toList();
  }

  @Cache(value = "short", batch = true)
  static List<Long> found(List<Long> ids) {
    last = ids.toString();
    return ids.stream().filter(id -> id < 100).toList();
  }

  @Cache(value = "faulty", batch = true)
  static List<Long> faulty(long first, long last) {
    Main.last = first + ".." + last;
    return List.of(first, last);
  }

  private static Price price(long id) {
    return new Price(id, new BigDecimal(id + ".50"));
  }

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = String.valueOf(answer(line.split(" ")));
      } catch (Exception failure) {
        answer = "FAILED " + failure;
      }
      System.out.println(answer);
      System.out.flush();
    }
  }

  private static Object answer(String[] words) {
    List<Long> ids =
        words.length < 2 || !words[1].matches("[\\d,]+")
            ? List.of()
            : Arrays.stream(words[1].split(",")).map(Long::valueOf).toList();
    return switch (words[0]) {
      case "map" ->
          PRICES.byIds(ids).values().stream()
              .map(price -> price.amount().toPlainString())
              .collect(Collectors.joining(" "));
      case "list" ->
          list(ids).stream()
              .map(price -> price.amount().toPlainString())
              .collect(Collectors.joining(" "));
      case "one" -> one(ids.get(0)).amount();
      case "save" -> {
        save(ids.get(0));
        yield "saved";
      }
      case "file" -> byFile(new ArrayList<>(ids.stream().map(Long::intValue).toList()));
      case "found" -> found(ids);
      case "faulty" -> faulty(1, 2);
      case "last" -> {
        String given = last;
        last = "-";
        yield given;
      }
      case "evict" -> Larder.evict("map", ids.get(0));
      case "stats" -> {
        CacheStats stats = Larder.stats(words[1]);
        yield stats.hits() + " " + stats.misses() + " " + stats.bypassed() + " " + stats.stores();
      }
      default -> "unknown " + words[0];
    };
  }
}
