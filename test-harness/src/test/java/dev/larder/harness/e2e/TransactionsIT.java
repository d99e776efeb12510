/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Cached methods in transactions, of Spring Boot's with JPA, and of JTA's without either. */
class TransactionsIT {

  private static final String BOOT =
      """
      spring.main.banner-mode = off
      spring.datasource.url = jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000
      spring.datasource.hikari.maximum-pool-size = 20
      spring.jpa.hibernate.ddl-auto = create
      spring.jpa.properties.hibernate.generate_statistics = true
      """;

  /** The last is what a look-up itself asks, and so is no target. */
  private static final String LARDER =
      """
      cache.detached.entities = detached
      cache.stock.evict-on = com.acme.shop.ArticleRepository.save*(..)
      cache.stock.evict-key = {p0.id}
      cache.own.methods = org.springframework.transaction.support.*Manager.is*(..)
      """;

  @OnEachJdk
  void springBoot_withJpa_nothingUncommittedGetsOut(Jdk jdk) {
    Run run =
        App.named("transactions")
            .libraries("spring")
            .libraries("jpa")
            .libraries("boot-jpa")
            .mainClass("com.acme.shop.Main")
            .jvm("-Dorg.jboss.logging.provider=slf4j")
            .jvm("-Dorg.springframework.boot.logging.LoggingSystem=none")
            .file("application.properties", BOOT)
            .file("larder.properties", LARDER)
            .agent()
            .run(jdk)
            .ok();

    assertThat(run.line("readOnly=")).as("cached as usual").isEqualTo("2 runs, jar");
    assertThat(run.line("saved=")).isEqualTo("tin 3 jar, then tin3");
    assertThat(run.line("rolledBack=")).isEqualTo("tin with 0 runs");
    assertThat(run.line("entriesBeforeCommit=")).isEqualTo("0");
    assertThat(run.line("entriesAfterCommit=")).isEqualTo("1");
    assertThat(run.line("entriesAfterRollback=")).isEqualTo("0");
    assertThat(run.line("put=")).isEqualTo("tin, then can runs 0");
    assertThat(run.line("afterCommit=")).as("what the database has").isEqualTo("can");
    assertThat(run.line("requiresNew=")).isEqualTo("can pot");
    assertThat(run.line("outerRolledBack=")).isEqualTo("gone, then pot");
    assertThat(run.line("savepoint=")).as("entries").isEqualTo("1");
    assertThat(run.line("facade=")).isEqualTo("1 pot, then mug");
    assertThat(run.line("facadeRolledBack=")).isEqualTo("0");
    assertThat(run.line("olderThanEvict=")).isEqualTo("0");
    assertThat(run.line("youngerThanEvict=")).isEqualTo("1");
    assertThat(run.line("whole=")).as("a plain list").isEqualTo("1 run, ArrayList holds well");
    assertThat(run.line("wholeInWriting=")).as("the session's own, twice").isEqualTo("true 2");
    assertThat(run.line("lazy=")).isEqualTo("3 runs, fetched 0, statements 2, entries 0");
    assertThat(run.line("detached=")).isEqualTo("1 run, managed false");
    assertThat(run.line("saveRefused=")).as("the cache as it was").isEqualTo("2 hits 1");
    assertThat(run.line("savedAgain=")).isEqualTo("4");
    assertThat(run.line("page="))
        .isEqualTo("true Page 1 of 1 containing com.acme.shop.ArticleView instances hits 1");
    assertThat(run.line("turmoil=")).isEqualTo("uncommitted 0 stale 0");
    assertThat(run.line("errors=")).isEqualTo("0");
    assertThat(run.larder())
        .as("the start, and a warning for each method with a lazy result")
        .hasSize(3)
        .filteredOn(line -> line.contains("is lazy and has not been loaded"))
        .hasSize(2);
  }

  @OnEachJdk
  void jta_withoutAContainer_isFollowed(Jdk jdk) {
    Run run = App.named("jta").libraries("narayana").agent().run(jdk).ok();

    assertThat(run.line("loading=")).as("nobody joins").isEqualTo("user 1 run 2");
    assertThat(run.line("loaded=")).isEqualTo("user 1 run 1");
    assertThat(run.line("saving=")).isEqualTo("user 1 run 11 user 1 run 1");
    assertThat(run.line("rolledBack=")).isEqualTo("user 1 run 1");
    assertThat(run.line("evicting=")).isEqualTo("user 1 run 1");
    assertThat(run.line("committed=")).isEqualTo("user 1 run 12");
    assertThat(run.line("suspended=")).isEqualTo("user 1 run 12");
    assertThat(run.line("resumed=")).isEqualTo("user 1 run 14");
    assertThat(run.line("five=")).isEqualTo("user 5 run 13");
    assertThat(run.line("older=")).as("entries").isEqualTo("0");
    assertThat(run.line("put=")).isEqualTo("user 1 run 21, behind an evict, behind the facade");
    assertThat(run.line("doomed=")).isEqualTo("true");
    assertThat(run.line("errors=")).isEqualTo("0");
  }
}
