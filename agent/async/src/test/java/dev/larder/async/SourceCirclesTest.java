/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Sources of Reactor's that would wait for each other, on whatever thread they are then. */
final class SourceCirclesTest {

  /** Far less than a follower's wait, which is 10 s. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Woven woven = new Woven(MethodHandles.lookup()).cached("one").cached("two");
  private final AtomicInteger ones = new AtomicInteger();
  private final AtomicInteger twos = new AtomicInteger();
  private final Sinks.One<String> gate = Sinks.one();

  private Mono<String> one(long id) {
    return woven.call(
        "one",
        this,
        () -> ones.incrementAndGet() > 1 ? Mono.just("one again") : needing("one", two(1)),
        id);
  }

  private Mono<String> two(long id) {
    return woven.call(
        "two",
        this,
        () -> twos.incrementAndGet() > 1 ? Mono.just("two again") : needing("two", one(1)),
        id);
  }

  private Mono<String> needing(String self, Mono<String> other) {
    return gate.asMono()
        .publishOn(Schedulers.parallel())
        .flatMap(opened -> other)
        .map(value -> self + " of " + value);
  }

  @Test
  void twoSources_thatNeedEachOther_endByOneRunMore() throws Exception {
    CompletableFuture<String> first = one(1).toFuture();
    CompletableFuture<String> second = two(1).toFuture();
    gate.tryEmitValue("open").orThrow();

    assertThat(first.get(SOON.toSeconds(), TimeUnit.SECONDS)).startsWith("one of two");
    assertThat(second.get(SOON.toSeconds(), TimeUnit.SECONDS)).startsWith("two of one");
    assertThat(ones.get() + twos.get()).isEqualTo(3);
  }
}
