/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import dev.larder.Larder;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Loads and evicts in transactions of JTA's, without any framework around them. */
public final class Main {

  static int runs;

  @Cache(value = "users", key = "{id}")
  static String user(long id) {
    return "user " + id + " run " + ++runs;
  }

  @CacheEvict(value = "users", key = "{id}")
  static void save(long id) {}

  @CacheEvict(value = "users", all = true)
  static void saveAll() {}

  @CachePut(value = "users", key = "{id}")
  static String put(long id, String user) {
    return user;
  }

  public static void main(String[] args) throws Exception {
    TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
    if (args.length > 0) { // it was there before Larder
      manager.begin();
      manager.commit();
      System.out.println("runs");
      System.in.read();
      manager.begin();
      user(1);
      manager.rollback();
      System.out.println("of a rollback=" + user(1));
      return;
    }

    manager.begin();
    user(1);
    System.out.println("loading=" + elsewhere(() -> user(1)));
    manager.commit();
    runs = 10;
    System.out.println("loaded=" + user(1));

    manager.begin();
    save(1);
    System.out.println("saving=" + user(1) + " " + elsewhere(() -> user(1)));
    manager.rollback();
    System.out.println("rolledBack=" + user(1));

    manager.begin();
    save(1);
    System.out.println("evicting=" + elsewhere(() -> user(1)));
    manager.commit();
    System.out.println("committed=" + user(1));

    manager.begin();
    save(1);
    Transaction suspended = manager.suspend();
    System.out.println("suspended=" + user(1));
    manager.begin();
    user(5);
    manager.commit();
    manager.resume(suspended);
    System.out.println("resumed=" + user(1));
    manager.commit();
    System.out.println("five=" + user(5));

    manager.begin();
    elsewhere(() -> Larder.evictKey("users", "5"));
    user(5);
    manager.commit();
    System.out.println("older=" + Larder.stats("users").entries());

    manager.begin();
    put(1, "early");
    saveAll();
    put(2, "behind an evict");
    Larder.evictKey("users", "3");
    put(3, "behind the facade");
    manager.commit();
    runs = 20;
    System.out.println("put=" + user(1) + ", " + user(2) + ", " + user(3));

    manager.begin();
    manager.setRollbackOnly();
    user(8);
    System.out.println("doomed=" + (manager.getStatus() == Status.STATUS_MARKED_ROLLBACK));
    manager.rollback();
    System.out.println("errors=" + Larder.stats("users").errors());
  }

  private static <T> T elsewhere(Callable<T> call) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return call.call();
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            })
        .join();
  }
}
