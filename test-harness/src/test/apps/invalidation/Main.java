/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import dev.larder.CacheStats;
import dev.larder.Larder;

/** Everything that removes, and everything that counts. */
public final class Main {

  static int runs;

  @Cache("users")
  static String user(long id) {
    return "user " + id + " run " + ++runs;
  }

  @Cache(value = "us", key = "{id}")
  static String us(long id) {
    return "us " + id + " run " + ++runs;
  }

  @Cache(value = "tagged", tags = "group:{group}, all")
  static String tagged(int group) {
    return "tagged " + group + " run " + ++runs;
  }

  @CacheEvict("users")
  static void save(long id) {}

  @CacheEvict(value = "us", key = "{id}")
  static void saveUs(long id, boolean fail) {
    if (fail) {
      throw new IllegalStateException("not saved");
    }
  }

  @CacheEvict(value = "users", all = true)
  static void saveAll() {}

  @Cache("visits")
  @CacheEvict(value = "us", key = "{id}")
  static String visit(long id) {
    return "visit " + id;
  }

  @CachePut(value = "us", key = "{id}")
  static String update(long id, String value) {
    return value;
  }

  public static void main(String[] args) throws Exception {
    System.out.println("attached=" + Larder.attached());
    System.out.println("cached=" + user(1) + "|" + user(1));
    save(1);
    System.out.println("evicted=" + user(1) + "|" + user(1));
    System.out.println("evict=" + Larder.evict("users", 1) + " " + Larder.evict("users", 1));
    user(1);
    user(2);
    us(1);
    saveAll();
    System.out.println(
        "users=" + Larder.stats("users").entries() + " us=" + Larder.stats("us").entries());
    user(1);
    user(2);
    System.out.println("clear=" + Larder.clear("users") + " us=" + Larder.stats("us").entries());
    String before = us(1);
    try {
      saveUs(1, true);
    } catch (IllegalStateException expected) {
      System.out.println("failed=" + us(1).equals(before));
    }
    saveUs(1, false);
    System.out.println("saved=" + us(1).equals(before));
    update(1, "put");
    System.out.println("put=" + us(1));
    visit(9);
    String seen = us(9);
    visit(9);
    System.out.println("visited=" + us(9).equals(seen));
    System.out.println("evictKey=" + Larder.evictKey("us", "1") + " " + Larder.evictKey("us", "1"));
    tagged(1);
    tagged(2);
    System.out.println("tag=" + Larder.evictTag("group:1") + " " + Larder.evictTag("all"));
    user(5);
    String bypassed = Larder.bypass(() -> user(5));
    String refreshed = Larder.refresh(() -> user(5));
    System.out.println(
        "bypass=" + !bypassed.equals(user(5)) + " refresh=" + refreshed.equals(user(5)));
    us(9);
    System.out.println("clearAll=" + (Larder.clearAll() > 0) + " " + Larder.clearAll());
    CacheStats stats = Larder.stats("users");
    long calls = stats.hits() + stats.misses() + stats.bypassed();
    System.out.println("calls=" + calls + " hits=" + stats.hits());
    System.out.println("unknown=" + Larder.stats("nobody").hits() + " " + Larder.clear(null));
  }
}
