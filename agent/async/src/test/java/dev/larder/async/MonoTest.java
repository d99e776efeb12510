/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

final class MonoTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Woven woven =
      new Woven(MethodHandles.lookup())
          .cached("find")
          .cached("list")
          .cached("tagged", "unless", "result == 'no'", "cache-null", "false")
          .cached("stale", "ttl", "1ms", "stale-while-revalidate", "1h")
          .cached("robust", "ttl", "1ms", "stale-if-error", "1h")
          .cached("self")
          .cached("keyed", "key", "{p0}")
          .putting("put", "keyed", "key", "{p0}")
          .evicting("drop", "keyed", "key", "{p0}");
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger subscriptions = new AtomicInteger();
  private Mono<String> source = Mono.fromSupplier(() -> "value " + subscriptions.incrementAndGet());

  private Mono<String> find(long id) {
    return woven.call("find", this, this::body, id);
  }

  private Mono<String> body() {
    runs.incrementAndGet();
    return source;
  }

  private Mono<List<String>> list(long id) {
    return woven.call(
        "list",
        this,
        () -> Mono.just(new ArrayList<>(List.of("run " + runs.incrementAndGet()))),
        id);
  }

  private Mono<String> tagged(String id) {
    return woven.call("tagged", this, this::body, id);
  }

  private Mono<String> stale(long id) {
    return woven.call("stale", this, this::body, id);
  }

  private Mono<String> robust(long id) {
    return woven.call("robust", this, this::body, id);
  }

  private Mono<String> self(long id) {
    return woven.call("self", this, this::nested, id);
  }

  private Mono<String> nested() {
    return runs.incrementAndGet() == 1
        ? Mono.just("outer").publishOn(Schedulers.parallel()).flatMap(x -> self(1))
        : Mono.just("inner");
  }

  private Mono<String> keyed(String key) {
    return woven.call("keyed", this, this::body, key);
  }

  private Mono<String> put(String key) {
    return woven.call("put", this, () -> Mono.just("put " + runs.incrementAndGet()), key);
  }

  private Mono<String> drop(String key) {
    return woven.call("drop", this, () -> Mono.just("dropped"), key);
  }

  @Test
  void call_thatNobodySubscribesTo_runsNothing() {
    Mono<String> found = find(1);

    assertThat(runs).hasValue(0);
    assertThat(found.block(LONG)).isEqualTo("value 1");
    assertThat(found.block(LONG)).as("looked up at each subscription").isEqualTo("value 1");
    assertThat(runs).hasValue(1);
    assertThat(woven.hits("find")).isEqualTo("1 of 2");
  }

  @Test
  void body_ofAMiss_runsOnTheSubscribersThread() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    source = Mono.fromSupplier(() -> "by " + Thread.currentThread().getName());
    Mono<String> found = find(1);

    Thread subscriber = new Thread(() -> found.subscribe(x -> thread.set(Thread.currentThread())));
    subscriber.start();

    Awaitility.await().until(() -> thread.get() == subscriber);
    assertThat(found.block(LONG)).isEqualTo("by " + subscriber.getName());
  }

  @Test
  void error_ofASourceThatThrowsAsItIsSubscribedTo_endsTheRun() {
    NoClassDefFoundError unlinked = new NoClassDefFoundError("gone");
    source =
        Mono.defer(
            () -> {
              throw unlinked;
            });
    assertThatThrownBy(() -> CompletableFuture.runAsync(() -> find(1).subscribe()).join())
        .hasCause(unlinked);

    source = Mono.just("there");

    List<String> values = new ArrayList<>();
    find(1).subscribe(values::add);
    assertThat(values).as("without a wait for the one that failed").containsExactly("there");
  }

  @Test
  void coldKey_underManySubscribers_runsOnce() throws Exception {
    Sinks.One<String> later = Sinks.one();
    source = later.asMono();
    ConcurrentLinkedQueue<String> values = new ConcurrentLinkedQueue<>();
    CountDownLatch subscribed = new CountDownLatch(64);
    for (int i = 0; i < 64; i++) {
      new Thread(
              () -> {
                find(7).subscribe(values::add);
                subscribed.countDown();
              })
          .start();
    }
    subscribed.await();
    later.tryEmitValue("there");

    assertThat(values).hasSize(64).containsOnly("there");
    assertThat(runs).hasValue(1);
  }

  @Test
  void cancellation_ofTheLeader_leavesTheOthersTheirValue() {
    Sinks.One<String> later = Sinks.one();
    source = later.asMono();
    List<String> values = new ArrayList<>();
    Disposable leader = find(1).subscribe(values::add);
    find(1).subscribe(values::add);
    Disposable follower = find(1).subscribe(values::add);

    leader.dispose();
    follower.dispose();
    later.tryEmitValue("there");

    assertThat(values).containsExactly("there");
    assertThat(find(1).block(LONG)).isEqualTo("there");
    assertThat(runs).hasValue(1);
  }

  @Test
  void cancellation_ofAllSubscribers_cancelsTheSource() {
    AtomicInteger cancelled = new AtomicInteger();
    source = Mono.<String>never().doOnCancel(cancelled::incrementAndGet);
    Disposable leader = find(1).subscribe();
    Disposable follower = find(1).subscribe();

    leader.dispose();
    assertThat(cancelled).hasValue(0);
    follower.dispose();

    assertThat(cancelled).hasValue(1);
    source = Mono.just("anew");
    assertThat(find(1).block(LONG)).isEqualTo("anew");
  }

  @Test
  void cancellation_ofAFollower_isNoErrorForReactor() {
    source = Mono.never();
    List<Throwable> dropped = new ArrayList<>();
    Hooks.onErrorDropped(dropped::add);
    try {
      find(1).subscribe();
      find(1).subscribe().dispose();
    } finally {
      Hooks.resetOnErrorDropped();
    }

    assertThat(dropped).isEmpty();
  }

  @Test
  void failure_ofTheLeader_isItsOwnAndOneFollowerTakesOver() {
    Sinks.One<String> first = Sinks.one();
    Sinks.One<String> second = Sinks.one();
    source = first.asMono();
    List<String> values = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      find(1).subscribe(values::add, failures::add);
    }
    source = second.asMono();
    IllegalStateException mine = new IllegalStateException("mine");
    first.tryEmitError(mine);

    assertThat(failures).containsExactly(mine);
    assertThat(runs).as("one takes over").hasValue(2);
    second.tryEmitValue("second");
    assertThat(values).hasSize(4).containsOnly("second");
  }

  @Test
  void exception_thatTheBodyThrows_reachesTheSubscriberAsItIs() {
    IllegalStateException mine = new IllegalStateException("mine");
    source = null;

    assertThatThrownBy(() -> find(1).block(LONG)).isInstanceOf(NullPointerException.class);
    source = Mono.error(mine);
    List<Throwable> failures = new ArrayList<>();
    find(1).subscribe(x -> {}, failures::add);
    assertThat(failures).containsExactly(mine);
  }

  @Test
  void emptyMono_isNull_whichUnlessAndCacheNullAreAbout() {
    source = Mono.empty();
    assertThat(find(1).block(LONG)).isNull();
    assertThat(find(1).block(LONG)).isNull();
    assertThat(runs).hasValue(1);

    assertThat(tagged("a").block(LONG)).isNull();
    assertThat(tagged("a").block(LONG)).isNull();
    assertThat(runs).as("cache-null = false").hasValue(3);

    source = Mono.just("no");
    assertThat(tagged("a").block(LONG)).isEqualTo("no");
    assertThat(tagged("a").block(LONG)).isEqualTo("no");
    assertThat(runs).as("unless").hasValue(5);

    source = Mono.just("yes");
    assertThat(tagged("a").block(LONG)).isEqualTo("yes");
    assertThat(tagged("a").block(LONG)).isEqualTo("yes");
    assertThat(runs).hasValue(6);
  }

  @Test
  void mutableValue_isEachSubscribersOwn() {
    list(1).block(LONG).clear();
    list(1).block(LONG).clear();

    assertThat(list(1).block(LONG)).containsExactly("run 1");
  }

  @Test
  void context_ofTheSubscriber_reachesTheSource() {
    source = Mono.deferContextual(context -> Mono.just("for " + context.get("user")));

    assertThat(find(1).contextWrite(context -> context.put("user", "ann")).block(LONG))
        .isEqualTo("for ann");
  }

  @Test
  void staleValue_isGivenAtOnce_whileOneRunMakesTheNew() {
    assertThat(stale(1).block(LONG)).isEqualTo("value 1");
    Awaitility.await().until(() -> !"value 1".equals(stale(1).block(LONG)));

    assertThat(subscriptions).hasValueGreaterThan(1);
    assertThat(woven.engine.figures("stale")[3]).as("stale hits").isPositive();
  }

  @Test
  void failure_withinTheWindow_givesTheOldValue() throws Exception {
    assertThat(robust(1).block(LONG)).isEqualTo("value 1");
    Thread.sleep(5); // past its time to live of 1 ms
    source = Mono.error(new IllegalStateException("down"));

    assertThat(robust(1).block(LONG)).isEqualTo("value 1");
    assertThat(runs).hasValue(2);
  }

  @Test
  void recursion_onAnotherThread_runsTheBody() {
    assertThat(self(1).block(LONG)).isEqualTo("inner");
    assertThat(runs).hasValue(2);
  }

  @Test
  void putAndEvict_actOnceTheValueHasCome() {
    keyed("a").block(LONG);
    Mono<String> put = put("a");
    assertThat(keyed("a").block(LONG)).isEqualTo("value 1");

    assertThat(put.block(LONG)).isEqualTo("put 2");
    assertThat(keyed("a").block(LONG)).isEqualTo("put 2");

    Mono<String> drop = drop("a");
    assertThat(keyed("a").block(LONG)).isEqualTo("put 2");
    assertThat(drop.block(LONG)).isEqualTo("dropped");
    assertThat(keyed("a").block(LONG)).isEqualTo("value 2");
  }

  /** The body has made its value at the call, and what was stored or removed since is younger. */
  @Test
  void put_thatIsSubscribedToLater_isNotStoredOverWhatCameMeanwhile() {
    Mono<String> overtakenByAPut = put("a");
    assertThat(put("a").block(LONG)).isEqualTo("put 2");
    Mono<String> overtakenByAnEvict = put("b");
    drop("b").block(LONG);

    assertThat(overtakenByAPut.block(LONG)).isEqualTo("put 1");
    assertThat(overtakenByAnEvict.block(LONG)).isEqualTo("put 3");

    assertThat(keyed("a").block(LONG)).isEqualTo("value 1");
    assertThat(keyed("b").block(LONG)).isEqualTo("value 2");
  }

  @Test
  void put_thatIsSubscribedToLater_isStoredWhereAnotherKeyWasRemovedMeanwhile() {
    Mono<String> put = put("a");
    drop("b").block(LONG);

    assertThat(put.block(LONG)).isEqualTo("put 1");
    assertThat(keyed("a").block(LONG)).isEqualTo("put 1");
    assertThat(put.block(LONG)).as("once more").isEqualTo("put 1");
    assertThat(keyed("a").block(LONG)).isEqualTo("put 1");
    drop("a").block(LONG);
    assertThat(put.block(LONG)).as("behind an evict").isEqualTo("put 1");
    assertThat(keyed("a").block(LONG)).isEqualTo("value 1");
  }

  @Test
  void manySubscribersInAFlux_areEachGivenTheirValue() {
    source = Mono.just("slow").delayElement(Duration.ofMillis(20));

    assertThat(Flux.range(0, 100).flatMap(i -> find(1)).collectList().block(LONG))
        .hasSize(100)
        .containsOnly("slow");
    assertThat(runs).hasValue(1);
  }
}
