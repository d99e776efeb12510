/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import java.util.concurrent.TimeUnit;
import javax.transaction.TransactionManager;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.geronimo.transaction.manager.TransactionManagerImpl;

/** Uses libraries that the agent carries too, in versions of its own, in what is cached. */
public final class Main {

  public static final class Product {
    @JsonProperty("number")
    public long id;

    @JsonProperty("title")
    public String name;
  }

  static int runs;
  static int userRuns;
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

  @Cache("users")
  static String user(long id) {
    return "user " + id + " run " + ++userRuns;
  }

  /** Geronimo's transaction manager, whose class files are Java 6's. */
  private static String inTransactions() throws Exception {
    TransactionManager manager = new TransactionManagerImpl();
    manager.begin();
    user(1);
    manager.rollback();
    manager.begin();
    user(2);
    manager.commit();
    return user(1) + ", " + user(2);
  }

  public static void main(String[] args) throws Exception {
    String json = "{\"number\":7,\"title\":\"jar\"}";
    Product product = read(json);
    product.name = "changed";
    System.out.println("jackson=" + new ObjectMapper().writeValueAsString(read(json)));
    System.out.println("bytebuddy=" + word(1) + "|" + word(1));
    OWN.put(1L, "own");
    System.out.println("caffeine=" + OWN.getIfPresent(1L));
    System.out.println("jta=" + inTransactions());
    System.out.println("runs=" + runs);
    for (Class<?> type : new Class<?>[] {ObjectMapper.class, Caffeine.class, ByteBuddy.class}) {
      String from = type.getProtectionDomain().getCodeSource().getLocation().getPath();
      System.out.println("from=" + from.substring(from.lastIndexOf('/') + 1));
    }
  }
}
