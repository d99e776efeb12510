/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import com.acme.framework.NumberedRepository;
import com.acme.framework.Repository;
import dev.larder.Cache;
import dev.larder.Larder;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Inherits each of its cached methods from a generic class of another package. */
public final class Main {

  public record Product(Long id, int run, BigDecimal price) {}

  public sealed interface Shape permits Circle, Square {}

  public record Circle(int run) implements Shape {}

  public record Square(int run) implements Shape {}

  public enum Colour {
    RED,
    GREEN
  }

  public static class Products extends NumberedRepository<Product> {
    @Override
    protected Product load(Long key, int run) {
      return new Product(key, run, new BigDecimal("1.50"));
    }
  }

  public static class MoreProducts extends Products {}

  public static class Shapes extends NumberedRepository<Shape> {
    @Override
    protected Shape load(Long key, int run) {
      return key != null && key > 0 ? new Circle(run) : new Square(run);
    }
  }

  public static class Colours extends NumberedRepository<Colour> {
    @Override
    protected Colour load(Long key, int run) {
      return Colour.values()[run % 2];
    }
  }

  public static class Lists extends NumberedRepository<List<Product[]>> {
    @Override
    protected List<Product[]> load(Long key, int run) {
      return List.<Product[]>of(new Product[] {new Product(key, run, BigDecimal.ONE)});
    }
  }

  public static class Open<Q> extends NumberedRepository<Q> {
    @Override
    @SuppressWarnings("unchecked")
    protected Q load(Long key, int run) {
      return (Q) new Product(key, run, BigDecimal.ONE);
    }
  }

  public interface Crud<T, K> {
    @Cache("proxied")
    T find(K key);
  }

  public interface ProxiedProducts extends Crud<Product, Long> {}

  private static int warm;

  @Cache("warm")
  static int warm(int id) {
    return ++warm;
  }

  public static void main(String[] args) throws Exception {
    long until = System.nanoTime() + 20_000_000_000L;
    while (Larder.stats("warm").hits() == 0 && System.nanoTime() < until) {
      warm(1);
      Thread.sleep(10);
    }
    ask("products", new Products());
    ask("more", new MoreProducts());
    ask("shapes", new Shapes());
    ask("colours", new Colours());
    ask("lists", new Lists());
    ask(
        "anonymous",
        new NumberedRepository<Product>() {
          @Override
          protected Product load(Long key, int run) {
            return new Product(key, run, BigDecimal.ONE);
          }
        });
    Open<Product> open = new Open<>();
    System.out.println("open=" + hits(() -> open.one(1L)));

    // One cache, one key, and as many types as there are repositories.
    Product product = new Products().keyed(7L);
    Shape shape = new Shapes().keyed(7L);
    System.out.println("apart=" + (product.id() == 7 && shape instanceof Circle));
    Products products = new Products();
    products.put(8L, new Product(8L, -1, BigDecimal.TEN));
    System.out.println("put=" + products.keyed(8L).run());

    int key = 1; // where Long is what the receiver's class, or the proxy's interface, declares
    System.out.println("evicted=" + Larder.evict("com.acme.framework.Repository.one", key));
    ProxiedProducts proxy =
        (ProxiedProducts)
            Proxy.newProxyInstance(
                Main.class.getClassLoader(),
                new Class<?>[] {ProxiedProducts.class},
                (self, method, arguments) -> new Product((Long) arguments[0], 0, BigDecimal.ONE));
    proxy.find(1L);
    System.out.println("ofProxy=" + Larder.evict("proxied", key));
  }

  private static void ask(String name, NumberedRepository<?> repository) throws Exception {
    Map<String, Callable<?>> calls = new TreeMap<>();
    calls.put("all", repository::all);
    calls.put("array", () -> repository.array(1L));
    calls.put("bounded", () -> repository.bounded(1L));
    calls.put("byDefault", () -> repository.byDefault(1L));
    calls.put("byInterface", () -> repository.byInterface(1L));
    calls.put("each", () -> repository.each(List.of(1L, 2L)));
    calls.put("keyed", () -> repository.keyed(1L));
    calls.put("later", () -> repository.later(1L).join());
    calls.put("maybe", () -> repository.maybe(1L));
    calls.put("nested", () -> repository.nested(1L));
    calls.put("one", () -> repository.one(1L));
    StringBuilder missed = new StringBuilder();
    for (Map.Entry<String, Callable<?>> each : calls.entrySet()) {
      if (!hits(each.getValue())) {
        missed.append(' ').append(each.getKey());
      }
    }
    System.out.println(name + "=" + calls.size() + missed);
  }

  /** Whether calls come to be answered from the cache, with values of the right class. */
  private static boolean hits(Callable<?> call) throws Exception {
    Object first = call.call();
    for (int i = 0; i < 50; i++) { // the value of a future may be stored just after it completes
      int runs = Repository.runs;
      Object value = call.call();
      if (runs == Repository.runs) {
        return classes(value).equals(classes(first));
      }
      Thread.sleep(10);
    }
    return false;
  }

  private static String classes(Object value) {
    if (value instanceof Object[] array) {
      return value.getClass() + classes(array[0]);
    }
    if (value instanceof Optional<?> optional) {
      return "Optional " + classes(optional.get());
    }
    if (value instanceof Map<?, ?> map) {
      Map.Entry<?, ?> entry = map.entrySet().iterator().next();
      return classes(entry.getKey()) + "=" + classes(entry.getValue());
    }
    return value instanceof List<?> list
        ? "List " + classes(list.get(0))
        : String.valueOf(value.getClass());
  }
}
