/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Targets that the file alone names, in an application that has no jar of Larder's. */
class NamedInFileIT {

  private static final String FILE =
      """
      cache.prices.methods = com.acme..*Prices.price*(long), com.acme.shop.Prices.hidden()
      cache.prices.except = com.acme.shop.Prices.priceNow(..)
      cache.prices.evict-on = com.acme.shop.Prices.change(..)
      cache.prices.ttl = 60s

      cache.rows.methods = com.acme.shop.Repository.find(..)
      cache.rows.key = {p0}
      cache.rows.evict-on = com.acme.shop.Repository.save(..)
      cache.rows.evict-key = {p0.name}

      cache.counts.methods = com.acme.shop.Repository.count()
      """;

  @OnEachJdk
  void methods_namedByPatterns_areCachedAndOthersAreNot(Jdk jdk) {
    Run run = run(jdk);

    assertThat(run.line("price=")).isEqualTo("1 1 2");
    assertThat(run.line("except=")).as("left out by except").isEqualTo("3 4");
    assertThat(run.line("overload=")).as("of another parameter type").isEqualTo("5 6");
    assertThat(run.line("private=")).matches("(\\d+) \\1");
    assertThat(run.line("unnamed=")).matches("(\\d+) (?!\\1)\\d+");
  }

  @OnEachJdk
  void interface_namedByAPattern_meansWhatImplementsItAndWhatItInherits(Jdk jdk) {
    Run run = run(jdk);

    assertThat(run.line("interface=")).isEqualTo("a1 a1");
    assertThat(run.line("inherited=")).isEqualTo("2 2");
  }

  @OnEachJdk
  void methods_namedByEvictOn_evictTheirArgumentsOrTheirKey(Jdk jdk) {
    Run run = run(jdk);

    assertThat(run.line("evicted=")).isEqualTo("true others=true");
    assertThat(run.line("saved=")).isEqualTo("a5 a5");
  }

  private static Run run(Jdk jdk) {
    return App.named("named")
        .mainClass("com.acme.shop.Main")
        .withoutApi()
        .file("larder.properties", FILE)
        .agent()
        .run(jdk)
        .ok()
        .onlyStartLine();
  }
}
