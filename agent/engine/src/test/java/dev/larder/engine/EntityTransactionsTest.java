/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.Probe.Repository;
import dev.larder.engine.config.Settings;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import jakarta.persistence.Entity;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** JPA's entities in transactions that may write. */
final class EntityTransactionsTest {

  @Entity
  static class Product {
    int run;

    Product(int run) {
      this.run = run;
    }
  }

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();

  private Repository repository(String entities) throws FaultyAttribute {
    SettingsPolicies policies = new SettingsPolicies(Settings.of(Map.of("entities", entities)));
    probe.policies.put("c", policies.of(new TargetSpec.Operation("c", Map.of())));
    return probe.new Repository("c", id -> new Product(runs.incrementAndGet()));
  }

  private void inAWritingTransaction(Runnable calls) {
    new TransactionTemplate(new TellingManager()).executeWithoutResult(status -> calls.run());
  }

  private static int run(Repository repository, long id) {
    return ((Product) repository.find(id)).run;
  }

  private long entries() {
    return probe.engine.figures("c")[10];
  }

  @Test
  void entity_inAWritingTransaction_isNeitherReadNorStored() throws Exception {
    Repository repository = repository("none");
    run(repository, 1);

    inAWritingTransaction(
        () -> {
          assertThat(run(repository, 1)).isEqualTo(2);
          assertThat(run(repository, 2)).isEqualTo(3);
        });

    assertThat(entries()).isOne();
    assertThat(run(repository, 1)).isEqualTo(1);
    assertThat(run(repository, 2)).isEqualTo(4);
  }

  @Test
  void detachedEntity_inAWritingTransaction_isReadAndStored() throws Exception {
    Repository repository = repository("detached");
    run(repository, 1);

    inAWritingTransaction(
        () -> {
          assertThat(run(repository, 1)).isEqualTo(1);
          assertThat(run(repository, 2)).isEqualTo(2);
        });

    assertThat(entries()).isEqualTo(2);
    assertThat(run(repository, 2)).isEqualTo(2);
  }
}
