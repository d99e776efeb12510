/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

/** Uses libraries that the agent carries too, in versions of its own, in what is cached. */
public final class Main {

  public static final class Product {
    @JsonProperty("number")
    public long id;

    @JsonProperty("title")
    public String name;
  }

  static int runs;
  static final com.github.benmanes.caffeine.cache.Cache<Long, String> OWN =
      Caffeine.newBuilder().maximumSize(10).expireAfterWrite(1, TimeUnit.MINUTES).build();

  @Cache
  static Product read(String json) throws Exception {
    runs++;
    return new ObjectMapper().readValue(json, Product.class);
  }

  @Cache(value = "words", key = "{id}")
  static String word(long id) throws Exception {
    runs++;
    Class<?> made =
        new ByteBuddy()
            .subclass(Object.class)
            .method(ElementMatchers.named("toString"))
            .intercept(FixedValue.value("made " + id))
            .make()
            .load(Main.class.getClassLoader())
            .getLoaded();
    return made.getDeclaredConstructor().newInstance().toString();
  }

  public static void main(String[] args) throws Exception {
    String json = "{\"number\":7,\"title\":\"jar\"}";
    Product product = read(json);
    product.name = "changed";
    System.out.println("jackson=" + new ObjectMapper().writeValueAsString(read(json)));
    System.out.println("bytebuddy=" + word(1) + "|" + word(1));
    OWN.put(1L, "own");
    System.out.println("caffeine=" + OWN.getIfPresent(1L));
    System.out.println("runs=" + runs);
    for (Class<?> type : new Class<?>[] {ObjectMapper.class, Caffeine.class, ByteBuddy.class}) {
      String from = type.getProtectionDomain().getCodeSource().getLocation().getPath();
      System.out.println("from=" + from.substring(from.lastIndexOf('/') + 1));
    }
  }
}
