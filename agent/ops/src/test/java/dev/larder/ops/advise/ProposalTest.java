/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Settings;
import dev.larder.engine.observe.Report;
import dev.larder.ops.config.Configuration;
import dev.larder.ops.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalTest {

  @TempDir Path folder;

  /** What the real loader makes of a proposal. */
  private Settings read(String proposal) throws IOException {
    Path file = Files.writeString(folder.resolve("larder.properties"), proposal);
    Configuration read =
        new ConfigurationLoader(null, Map.of(), Map.of(), List::of).load("config=" + file);
    assertThat(read.faults()).as("faults of%n%s", proposal).isEmpty();
    assertThat(read.warnings()).isEmpty();
    return read.settings();
  }

  private static String proposal(Reports... methods) {
    return new Advice(Reports.report(methods)).proposal();
  }

  @Test
  void proposal_isThis() throws IOException {
    Reports slow = Reports.of("find");
    Reports changing = Reports.of("token");
    changing.parameters = "";
    changing.stale = changing.hits;
    changing.changed = 9_900;
    Reports annotated = Reports.of("price");
    annotated.annotated = true;
    annotated.cache = "prices";
    annotated.mean = 2_000_000;
    annotated.stale = new long[] {0, 0, 0, 20, 30, 40, 50, 60, 70};

    String proposal = proposal(annotated, slow, changing);

    assertThat(proposal)
        .isEqualTo(
            """
            # Proposed by Larder's advise, from 2 h of observing: 3 methods were called, 2 are worth a cache.
            # Of the configuration that it was observed by, mode and patterns of methods go; the rest
            # belongs beside this: backend and addresses, what evicts, path rules.

            # com.acme.shop.Wares.find(String, long)
            #   10,000 calls, 9,900 of them repeats, of 100 keys
            #   body: 5.0 ms on average, half of them within 5.0 ms, 95 % within 10 ms
            #   ttl = 10s would have saved 90 % of the calls, some 45 s; stale: 0 of 9,000 hits
            #   largest ttl with fewer than 1 in 1,000 hits stale: 1h
            cache.Wares.find.methods = com.acme.shop.Wares.find(String, long)
            cache.Wares.find.ttl = 10s

            # com.acme.shop.Wares.price(String, long)
            #   10,000 calls, 9,900 of them repeats, of 100 keys
            #   body: 2.0 ms on average, half of them within 2.0 ms, 95 % within 4.0 ms
            #   ttl = 10s would have saved 90 % of the calls, some 18 s; stale: 0 of 9,000 hits
            #   largest ttl with fewer than 1 in 1,000 hits stale: 10s
            # It is annotated.
            cache.prices.ttl = 10s

            # Not proposed:
            #   com.acme.shop.Wares.token()
            #     not safe: results differ for equal arguments: of 9,900 repeats 9,900 gave another result than the call before
            """);
    Settings settings = read(proposal);
    assertThat(settings.cacheNames()).containsExactly("Wares.find", "prices");
    assertThat(settings.cache("Wares.find", CacheKeys.TTL).millis()).isEqualTo(10_000);
    assertThat(settings.cache("Wares.find", CacheKeys.METHODS))
        .singleElement()
        .matches(
            pattern ->
                pattern.matchesMethod(
                    "find", List.of("java.lang.String", "long"), type -> Set.of()));
  }

  @Test
  void overloads_getNamesOfTheirOwn_andNoneIsTaken() throws IOException {
    Reports first = Reports.of("find");
    Reports second = Reports.of("find");
    second.parameters = "int";
    Reports third = Reports.of("other");
    third.annotated = true;
    third.cache = "Wares.find";

    assertThat(read(proposal(first, second, third)).cacheNames())
        .containsExactlyInAnyOrder("Wares.find", "Wares.find-2", "Wares.find-3");
  }

  @Test
  void cacheOfOneMethodThatWasAskedFor_keepsNameAndTemplates() throws IOException {
    Reports own = Reports.of("find");
    own.cache = "my cache: a=b\\c";
    own.askedFor = true;
    own.attributes = Map.of("key", "{p0}\\{p1}", "unless", "result == null");

    Settings settings = read(proposal(own));

    assertThat(settings.cacheNames()).containsExactly(own.cache);
    assertThat(settings.cache(own.cache, CacheKeys.KEY)).isEqualTo("{p0}\\{p1}");
    assertThat(settings.cache(own.cache, CacheKeys.UNLESS)).isEqualTo("result == null");
  }

  @Test
  void nestedClass_unusualNames_andKeysOfLarder_areReadAsTheyAre() throws IOException {
    Reports nested = Reports.of("l1");
    nested.type = "com.acme.Shop$Inner";
    nested.parameters = "com.acme.Shop$Inner[], java.lang.reflect.Method";
    Reports odd = Reports.of("find all");

    String proposal = proposal(nested, odd);

    Settings settings = read(proposal);
    assertThat(settings.cacheNames()).containsExactly("Shop.Inner-l1");
    assertThat(proposal).contains("cannot be written as a pattern");
  }

  @Test
  void manyKeys_fastBodies_andNullsThatChange_areSeenTo() throws IOException {
    Reports many = Reports.of("find");
    many.keys = 30_000;
    many.mean = 5_000;
    many.nulls = 100;
    for (int i = 0; i < many.hits.length; i++) {
      many.nullHits[i] = 1_000;
      many.nullStale[i] = 500;
      many.stale[i] = 500;
    }
    Settings settings = read(proposal(many));
    assertThat(settings.cache("Wares.find", CacheKeys.MAX_ENTRIES)).isEqualTo(50_000);
    assertThat(settings.cache("Wares.find", CacheKeys.BACKEND)).isEqualTo("memory");
    assertThat(settings.cache("Wares.find", CacheKeys.CACHE_NULL)).isFalse();
  }

  @Test
  void annotatedMethodThatIsNotProposed_comesWithTheLineThatSwitchesItOff() throws IOException {
    Reports changing = Reports.of("token");
    changing.annotated = true;
    changing.cache = "com.acme.shop.Wares.token";
    changing.stale = changing.hits;

    String proposal = proposal(changing);

    assertThat(proposal).contains("#     cache.com.acme.shop.Wares.token.enabled = false");
    assertThat(read(proposal).cacheNames()).isEmpty();
    assertThat(
            read(proposal.replace("#     cache.", "cache."))
                .cache(changing.cache, CacheKeys.ENABLED))
        .isFalse();
  }

  @Test
  void emptyReport_saysWhatToDo() throws IOException {
    String proposal = new Advice(Report.EMPTY).proposal();
    assertThat(proposal).contains("No call has ended");
    assertThat(read(proposal).cacheNames()).isEmpty();
  }

  @Test
  void reasonsOfSeveralLines_stayComments() throws IOException {
    Reports broken = Reports.of("find");
    broken.obstacle = "one\ncache.a.ttl = 5m\r\nttl = 1s";
    assertThat(read(proposal(broken)).cacheNames()).isEmpty();
  }
}
