/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** A Spring Data repository that the file names. */
class SpringDataIT {

  private static final String FILE =
      """
      cache.products.methods = com.acme.shop.ProductRepository.findById(Long), \
          com.acme.shop.ProductRepository.findByN*(..)
      cache.products.evict-on = com.acme.shop.ProductRepository.save(com.acme.shop.Product)
      cache.products.evict-all = true
      """;

  @OnEachJdk
  void repository_namedInTheFile_isCachedWithWhatItInherits(Jdk jdk) {
    Run run =
        App.named("springdata")
            .libraries("spring")
            .libraries("spring-data")
            .mainClass("com.acme.shop.Main")
            .withoutApi()
            .file("larder.properties", FILE)
            .agent()
            .run(jdk)
            .ok();

    assertThat(run.out())
        .filteredOn(line -> line.startsWith("byId="))
        .hasSize(3)
        .containsOnly("byId=jar");
    assertThat(run.line("readsById=")).isEqualTo("1");
    assertThat(run.line("byName=")).isEqualTo("1 1 1 reads=1");
    assertThat(run.line("saved=")).isEqualTo("tin");
    assertThat(run.larder()).as("what Larder said").hasSize(1);
  }
}
