/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Sinks;

final class FluxTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Woven woven =
      new Woven(MethodHandles.lookup())
          .cached("all", "unless", "result.empty")
          .cached("lists")
          .cached("keyed", "key", "{p0}")
          .putting("putNothing", "keyed", "key", "{p0}");
  private final AtomicInteger runs = new AtomicInteger();
  private Flux<Integer> source = Flux.range(0, 10);

  private Flux<Integer> all(long id) {
    return woven.call("all", this, this::body, id);
  }

  private Flux<Integer> body() {
    runs.incrementAndGet();
    return source;
  }

  private Flux<List<String>> lists() {
    return woven.call(
        "lists", this, () -> Flux.range(0, 3).map(i -> new ArrayList<>(List.of("e" + i))));
  }

  @Test
  void elements_ofAStream_areCachedAsTheirList() {
    List<Integer> first = all(1).collectList().block(LONG);
    List<Integer> second = all(1).collectList().block(LONG);

    assertThat(first).hasSize(10).isEqualTo(second);
    assertThat(runs).hasValue(1);
    assertThat(woven.hits("all")).isEqualTo("1 of 2");
  }

  @Test
  void element_thatItsSubscriberChanges_isCachedAsItCame() {
    lists().doOnNext(List::clear).blockLast(LONG);

    assertThat(lists().collectList().block(LONG))
        .containsExactly(List.of("e0"), List.of("e1"), List.of("e2"));
  }

  @Test
  void missedStream_givesItsLeaderEachElementAsItComes_andFollowersAllAtOnce() {
    Sinks.Many<Integer> later = Sinks.many().unicast().onBackpressureBuffer();
    source = later.asFlux();
    List<Integer> leader = new ArrayList<>();
    List<Integer> follower = new ArrayList<>();
    all(1).subscribe(leader::add);
    all(1).subscribe(follower::add);

    later.tryEmitNext(1);
    assertThat(leader).containsExactly(1);
    assertThat(follower).isEmpty();

    later.tryEmitNext(2);
    later.tryEmitComplete();
    assertThat(leader).containsExactly(1, 2);
    assertThat(follower).containsExactly(1, 2);
    assertThat(runs).hasValue(1);
  }

  @Test
  void demand_ofTheLeader_reachesTheSource() {
    AtomicLong requested = new AtomicLong();
    source = Flux.range(0, 10).doOnRequest(requested::addAndGet);
    List<Integer> taken = new ArrayList<>();
    BaseSubscriber<Integer> slow =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            request(3);
          }

          @Override
          protected void hookOnNext(Integer value) {
            taken.add(value);
          }
        };
    all(1).subscribe(slow);

    assertThat(requested).hasValue(3);
    assertThat(taken).containsExactly(0, 1, 2);
    slow.request(100);
    assertThat(taken).hasSize(10);
    assertThat(all(1).take(2).collectList().block(LONG)).containsExactly(0, 1);
    assertThat(runs).hasValue(1);
  }

  @Test
  void streamOfOver1000_isPassedOn_andFollowersSubscribeForThemselves() {
    Sinks.Many<Integer> later = Sinks.many().unicast().onBackpressureBuffer();
    source = later.asFlux();
    List<Integer> leader = new ArrayList<>();
    List<Integer> follower = new ArrayList<>();
    all(1).subscribe(leader::add);
    all(1).subscribe(follower::add);
    source = Flux.range(0, 2_000);

    for (int i = 0; i < 1_000; i++) {
      later.tryEmitNext(i);
    }
    assertThat(follower).isEmpty();
    later.tryEmitNext(1_000);
    assertThat(follower).as("by a subscription of its own").hasSize(2_000);
    later.tryEmitNext(1_001);
    later.tryEmitComplete();

    assertThat(leader).hasSize(1_002);
    assertThat(runs).hasValue(2);
    assertThat(all(1).count().block(LONG)).as("not kept").isEqualTo(2_000);
    assertThat(runs).hasValue(3);
  }

  @Test
  void streamOf1000_isKept() {
    source = Flux.range(0, 1_000);
    all(1).blockLast(LONG);

    assertThat(all(1).count().block(LONG)).isEqualTo(1_000);
    assertThat(runs).hasValue(1);
  }

  @Test
  void cancellation_ofTheLeader_leavesFollowersTheWholeStream() {
    Sinks.Many<Integer> later = Sinks.many().unicast().onBackpressureBuffer();
    source = later.asFlux();
    List<Integer> follower = new ArrayList<>();
    Disposable leader = all(1).subscribe();
    all(1).subscribe(follower::add);
    later.tryEmitNext(1);

    leader.dispose();
    later.tryEmitNext(2);
    later.tryEmitComplete();

    assertThat(follower).containsExactly(1, 2);
    assertThat(all(1).collectList().block(LONG)).containsExactly(1, 2);
    assertThat(runs).hasValue(1);
  }

  @Test
  void cancellation_ofAFollower_isNoErrorForReactor() {
    source = Flux.never();
    List<Throwable> dropped = new ArrayList<>();
    Hooks.onErrorDropped(dropped::add);
    try {
      all(1).subscribe();
      all(1).subscribe().dispose();
    } finally {
      Hooks.resetOnErrorDropped();
    }

    assertThat(dropped).isEmpty();
  }

  @Test
  void subscriberThatTakesAPart_cancelsTheSource_andNothingIsKept() {
    assertThat(all(1).take(2).collectList().block(LONG)).containsExactly(0, 1);
    assertThat(all(1).collectList().block(LONG)).hasSize(10);
    assertThat(runs).hasValue(2);
  }

  @Test
  void emptyStream_isAnEmptyList() {
    source = Flux.empty();
    assertThat(all(1).collectList().block(LONG)).isEmpty();
    source = Flux.just(1);
    assertThat(all(1).collectList().block(LONG)).as("unless it is empty").containsExactly(1);
  }

  @Test
  void failureMidway_isTheLeadersOwn() {
    source = Flux.just(1).concatWith(Flux.error(new IllegalStateException("midway")));
    List<Throwable> failures = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    all(1).subscribe(values::add, failures::add);

    assertThat(values).containsExactly(1);
    assertThat(failures).hasSize(1);
    source = Flux.just(1, 2);
    assertThat(all(1).collectList().block(LONG)).containsExactly(1, 2);
  }

  private Flux<Integer> keyed(long id) {
    return woven.call("keyed", this, this::body, id);
  }

  private List<Integer> putNothing(long id) {
    return woven.call("putNothing", this, () -> null, id);
  }

  @Test
  void null_thatAnotherMethodHasPut_isAMiss() {
    assertThat(putNothing(1)).isNull();

    assertThat(keyed(1).collectList().block(LONG)).hasSize(10);
    assertThat(keyed(1).collectList().block(LONG)).hasSize(10);
    assertThat(runs).hasValue(1);
  }
}
