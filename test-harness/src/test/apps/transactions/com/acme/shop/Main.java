/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Larder;
import jakarta.persistence.EntityManagerFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Loads, puts and evicts in transactions of Spring's, as others see them meanwhile. */
public final class Main {

  private static Products products;
  private static PlatformTransactionManager manager;
  private static ExecutorService other;

  public static void main(String[] args) throws Exception {
    other = Executors.newSingleThreadExecutor();
    try (ConfigurableApplicationContext shop = SpringApplication.run(Shop.class)) {
      products = shop.getBean(Products.class);
      manager = shop.getBean(PlatformTransactionManager.class);
      run(
          shop.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class),
          shop.getBean(DataSource.class));
      ArticleRepository articles = shop.getBean(ArticleRepository.class);
      Clerk clerk = shop.getBean(Clerk.class);
      repository(articles, clerk);
      say("turmoil", new Turmoil(articles, shop.getBean(Levels.class), clerk).run());
      say("errors", Larder.stats("names").errors() + Larder.stats("stock").errors());
    } finally {
      other.shutdownNow();
    }
  }

  private static void run(SessionFactory sessions, DataSource source) throws Exception {
    writing(
        () -> {
          Product jar = new Product(1L, "jar");
          jar.getReviews().add(new Review(1L, "holds well"));
          products.add(jar);
          return null;
        });

    readOnly(() -> products.name(1));
    readOnly(() -> products.name(1));
    readOnly(() -> products.length(1));
    say("readOnly", Products.runs + " runs, " + outside(() -> products.name(1)));

    committed();
    rolledBack();
    loads();
    puts();
    afterCommit();
    nested();
    savepoint(source);
    facade();
    older();
    entities(sessions);
    detached();
  }

  private static void committed() throws Exception {
    String meanwhile =
        writing(
            () -> {
              products.rename(1, "tin");
              return products.name(1) + " " + products.length(1) + " " + elsewhere(1);
            });
    say("saved", meanwhile + ", then " + outside(() -> products.name(1) + products.length(1)));
  }

  private static void rolledBack() throws Exception {
    int before = Products.runs;
    rollingBack(
        () -> {
          products.rename(1, "lost");
          products.name(1);
          products.renamed(1, "lost too");
          return null;
        });
    int runs = Products.runs - before - 1; // the one in the transaction
    String after = outside(() -> products.name(1));
    say("rolledBack", after + " with " + (Products.runs - before - 1 - runs) + " runs");
  }

  /** What a transaction that may write has loaded is there for others after its commit. */
  private static void loads() throws Exception {
    Larder.clear("names");
    writing(
        () -> {
          products.name(1);
          say("entriesBeforeCommit", Larder.stats("names").entries());
          return null;
        });
    say("entriesAfterCommit", Larder.stats("names").entries());
    Larder.clear("names");
    rollingBack(() -> products.name(1));
    say("entriesAfterRollback", Larder.stats("names").entries());
  }

  private static void puts() throws Exception {
    outside(() -> products.name(1));
    String meanwhile =
        writing(
            () -> {
              products.renamed(1, "can");
              return elsewhere(1);
            });
    int before = Products.runs;
    say("put", meanwhile + ", then " + products.name(1) + " runs " + (Products.runs - before));
  }

  /** What is written there is not flushed, as the application's listeners often find out. */
  private static void afterCommit() throws Exception {
    writing(
        () -> {
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                  products.renamedUnflushed(1, "lost");
                }
              });
          return null;
        });
    say("afterCommit", outside(() -> products.name(1)));
  }

  private static void nested() throws Exception {
    outside(() -> products.name(1));
    String inside =
        writing(
            () -> {
              String within =
                  in(
                      TransactionDefinition.PROPAGATION_REQUIRES_NEW,
                      false,
                      () -> {
                        products.rename(1, "pot");
                        return elsewhere(1);
                      });
              return within + " " + elsewhere(1);
            });
    say("requiresNew", inside);
    inside =
        rollingBack(
            () -> {
              products.renamed(1, "gone");
              in(TransactionDefinition.PROPAGATION_REQUIRES_NEW, false, () -> products.length(1));
              return products.name(1);
            });
    say("outerRolledBack", inside + ", then " + outside(() -> products.name(1)));
  }

  /** What is rolled back to a savepoint has not happened. */
  private static void savepoint(DataSource source) throws Exception {
    outside(() -> products.name(1));
    PlatformTransactionManager jdbc = new DataSourceTransactionManager(source);
    new TransactionTemplate(jdbc)
        .executeWithoutResult(
            outer -> {
              TransactionTemplate nested = new TransactionTemplate(jdbc);
              nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
              nested.executeWithoutResult(
                  status -> {
                    products.touch(1);
                    status.setRollbackOnly();
                  });
              nested.executeWithoutResult(status -> products.touch(2));
            });
    say("savepoint", Larder.stats("names").entries());
  }

  private static void facade() throws Exception {
    outside(() -> products.name(1));
    String seen =
        writing(
            () -> {
              long removed = Larder.evictKey("names", "1");
              String reloaded = elsewhere(1); // by another, of what is to change
              products.rename(1, "mug");
              return removed + " " + reloaded;
            });
    say("facade", seen + ", then " + outside(() -> products.name(1)));
    outside(() -> products.name(1));
    rollingBack(() -> Larder.evictKey("names", "1"));
    say("facadeRolledBack", Larder.stats("names").entries());
  }

  /** A snapshot that is older than an evict gives nothing to the cache. */
  private static void older() throws Exception {
    Larder.clear("names");
    readOnly(
        () -> {
          other
              .submit(
                  () ->
                      writing(
                          () -> {
                            products.rename(1, "vase");
                            return null;
                          }))
              .get();
          return products.name(1);
        });
    say("olderThanEvict", Larder.stats("names").entries());
    readOnly(() -> products.name(1));
    say("youngerThanEvict", Larder.stats("names").entries());
  }

  private static void entities(SessionFactory sessions) throws Exception {
    int before = Products.runs;
    readOnly(() -> products.withReviews(1));
    Product cached = outside(() -> products.withReviews(1));
    say(
        "whole",
        (Products.runs - before)
            + " run, "
            + cached.getReviews().getClass().getSimpleName()
            + " "
            + cached.getReviews().get(0).getText());
    before = Products.runs;
    boolean managed = writing(() -> products.withReviews(1) == products.withReviews(1));
    say("wholeInWriting", managed + " " + (Products.runs - before));
    long fetched = sessions.getStatistics().getCollectionFetchCount();
    long statements = sessions.getStatistics().getPrepareStatementCount();
    before = Products.runs;
    readOnly(() -> Hibernate.isInitialized(products.withoutReviews(1).getReviews()));
    readOnly(() -> products.withoutReviews(1));
    readOnly(() -> Hibernate.isInitialized(products.reference(1)));
    say(
        "lazy",
        (Products.runs - before)
            + " runs, fetched "
            + (sessions.getStatistics().getCollectionFetchCount() - fetched)
            + ", statements "
            + (sessions.getStatistics().getPrepareStatementCount() - statements)
            + ", entries "
            + (Larder.stats("lazy").entries() + Larder.stats("references").entries()));
  }

  /** What the file says may be read from the cache in a transaction that may write. */
  private static void detached() throws Exception {
    int before = Products.runs;
    readOnly(() -> products.detached(1));
    boolean same =
        writing(
            () -> {
              Product product = products.detached(1);
              return product == products.detached(1) || products.isManaged(product);
            });
    say("detached", (Products.runs - before) + " run, managed " + same);
  }

  /** A repository of Spring Data's, whose saves may be rolled back. */
  private static void repository(ArticleRepository articles, Clerk clerk) {
    clerk.save(new Article(1L, 2), false);
    articles.stock(1L);
    long hits = Larder.stats("stock").hits();
    try {
      clerk.save(new Article(1L, 3), true);
    } catch (Clerk.Refused refused) {
      say("saveRefused", articles.stock(1L) + " hits " + (Larder.stats("stock").hits() - hits));
    }
    clerk.save(new Article(1L, 4), false);
    say("savedAgain", articles.stock(1L));

    Page<ArticleView> page = articles.page(PageRequest.of(0, 5));
    hits = Larder.stats("pages").hits();
    Page<ArticleView> again = articles.page(PageRequest.of(0, 5));
    say(
        "page",
        again.equals(page) + " " + again + " hits " + (Larder.stats("pages").hits() - hits));
  }

  private static <T> T outside(Supplier<T> call) {
    return call.get();
  }

  /** What another thread is given meanwhile. */
  private static String elsewhere(long id) {
    Future<String> asked = other.submit(() -> products.name(id));
    try {
      return asked.get();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static <T> T readOnly(Callable<T> call) {
    return in(TransactionDefinition.PROPAGATION_REQUIRED, true, call);
  }

  private static <T> T writing(Callable<T> call) {
    return in(TransactionDefinition.PROPAGATION_REQUIRED, false, call);
  }

  private static <T> T rollingBack(Callable<T> call) {
    return new TransactionTemplate(manager)
        .execute(
            status -> {
              status.setRollbackOnly();
              return unchecked(call);
            });
  }

  private static <T> T in(int propagation, boolean readOnly, Callable<T> call) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.setPropagationBehavior(propagation);
    template.setReadOnly(readOnly);
    return template.execute(status -> unchecked(call));
  }

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void say(String what, Object value) {
    System.out.println(what + "=" + value);
  }
}
