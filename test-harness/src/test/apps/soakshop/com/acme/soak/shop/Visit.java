/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

import com.acme.soak.Calls;
import com.acme.soak.Library;
import dev.larder.Larder;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What one request does: a call of each cached method, and judges what it is given. */
final class Visit {

  private final Shop shop;
  private final Prices prices =
      (Prices)
          Proxy.newProxyInstance(
              Visit.class.getClassLoader(),
              new Class<?>[] {Prices.class},
              (proxy, method, arguments) -> (Long) arguments[0] + 1);

  Visit(Shop shop) {
    this.shop = shop;
  }

  void read(long id) throws Exception {
    List<Product> products = called("products", () -> shop.products(id));
    check("products", products.get(1).id == id && products.get(1).parts.get(0).id() == id);
    products.get(0).parts.clear();
    check("items", called("items", () -> shop.item(id)).equals(Item.of(id)));
    Item item = Item.of(id);
    String kind = called("kinds", () -> shop.kind(item, Item.Kind.TIN, Item.class));
    check("kinds", kind.equals(item.kind() + " tin Item"));
    List<Long> ids = List.of(id, id + 1);
    Map<Long, Item> batch = called("batch", () -> shop.items(ids));
    check("batch", batch.get(id + 1).id() == id + 1);
    check("instance", called("instance", () -> (id % 2 == 0 ? shop : new Shop()).ofThis(id)) == id);
    check("prices", called("prices", () -> prices.price(id)) == id + 1);
    try {
      called("failing", () -> shop.failing(id));
      Calls.wrong("failing", "gave a value");
    } catch (OutOfStock expected) {
      check("failing", expected.getMessage().endsWith(": " + id));
    }
    readRemotely(id);
    readLibrary(id, item);
  }

  private void readRemotely(long id) throws Exception {
    check("redis.near", called("redis.near", () -> shop.near(id)).get(1).parts.get(0).id() == id);
    check("redis.java", called("redis.java", () -> shop.serialized(id)).id == id);
    check("redis.later", called("redis.later", () -> shop.later(id)).get().id() == id);
  }

  private static void readLibrary(long id, Item item) throws Exception {
    String text = called("library.text", () -> Library.text(item));
    check("library.text", text.equals(item.toString()));
    // The cast fails where it is another deployment's
    Item made = (Item) called("library.made", () -> Library.made(id, () -> Item.of(id)));
    check("library.made", made.equals(item));
    List<Object> listed = called("library.listed", () -> Library.listed(id, () -> Item.of(id)));
    check("library.listed", ((List<?>) listed.get(1)).get(0).equals(item));
    try {
      called("library.thrown", () -> Library.thrown(id % 2, () -> refuse(id)));
      Calls.wrong("library.thrown", "gave a value");
    } catch (OutOfStock | IllegalStateException expected) {
      check("library.thrown", expected.getMessage().startsWith("out of stock"));
    }
  }

  private static String refuse(long id) throws Exception {
    if (id % 2 == 0) {
      throw new OutOfStock(id);
    }
    throw new IllegalStateException("out of stock");
  }

  void write(long id) throws Exception {
    shop.update(Item.of(id));
    shop.remove(Item.of(id + 1));
    shop.removeSerialized(id);
    Larder.evictTag("shelf" + id % 5);
    Larder.evictTag("near:" + id);
    Larder.evict("kinds", Item.of(id), Item.Kind.TIN, Item.class);
    Larder.evict("redis.near", id);
    Larder.evictKey("redis.java", String.valueOf(id + 1));
    if (id % 10 == 0) {
      Larder.clear("redis.later");
      Larder.clear("products");
    }
    check("refresh", Larder.refresh(() -> called("items", () -> shop.item(id))).id() == id);
    check("bypass", Larder.bypass(() -> called("redis.java", () -> shop.serialized(id))).id == id);
  }

  private static <T> T called(String cache, Callable<T> call) throws Exception {
    Calls.of(cache);
    return call.call();
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      Calls.wrong(what, "not what its body gives");
    }
  }
}
