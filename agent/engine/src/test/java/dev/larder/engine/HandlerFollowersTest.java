/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.method.TargetSpec.Trait;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who is told of a handler's value that comes on another caller's thread. */
final class HandlerFollowersTest {

  /** The exchange of the call that is being made; null where a value comes. */
  private Exchange current;

  private final Probe probe =
      new Probe(null, () -> current == null ? Handlers.Call.UNOBSERVED : current.entered());

  /** What a caller's exchange is told. */
  private static final class Exchange {
    private final List<String> told = new ArrayList<>();
    private boolean isPersonal;

    Handlers.Call entered() {
      return new Handlers.Call() {
        @Override
        public boolean mayStore(Object result) {
          return !isPersonal;
        }

        @Override
        public void served(boolean hit, boolean stored, long remainingMillis) {
          told.add((hit ? "hit" : "made") + (stored ? ", kept" : ""));
        }
      };
    }
  }

  /** What runs where it is Larder that runs the body; callers give their own. */
  @SuppressWarnings("UnusedVariable") // by its parameter it has a key
  CompletableFuture<Object> find(long id) {
    return CompletableFuture.completedFuture("taken over");
  }

  private static Target target(Probe probe) throws Exception {
    return probe.target(
        MethodHandles.lookup(),
        HandlerFollowersTest.class.getDeclaredMethod("find", long.class),
        "c",
        EnumSet.of(Trait.HANDLER));
  }

  @SuppressWarnings("unchecked")
  private CompletableFuture<Object> ask(
      Exchange exchange, Target target, Supplier<CompletableFuture<Object>> body) {
    current = exchange;
    try {
      return (CompletableFuture<Object>) Probe.call(target, this, new Object[] {1L}, body::get);
    } finally {
      current = null;
    }
  }

  @Test
  void follower_whoseValueComesOnTheLeadersThread_isTold() throws Exception {
    Target target = target(probe);
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Exchange leader = new Exchange();
    Exchange follower = new Exchange();

    CompletableFuture<Object> led = ask(leader, target, () -> pending);
    CompletableFuture<Object> followed = ask(follower, target, () -> pending);
    pending.complete("value");

    assertThat(led).isCompletedWithValue("value");
    assertThat(followed).isCompletedWithValue("value");
    assertThat(leader.told).containsExactly("made, kept");
    assertThat(follower.told).containsExactly("hit, kept");
  }

  @Test
  void follower_whoTakesOver_isAskedWhetherItsValueMayBeStored() throws Exception {
    Target target = target(probe);
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Exchange follower = new Exchange();
    follower.isPersonal = true;

    CompletableFuture<Object> led = ask(new Exchange(), target, () -> pending);
    CompletableFuture<Object> followed = ask(follower, target, () -> pending);
    pending.completeExceptionally(new IllegalStateException("first"));

    assertThatThrownBy(led::join).hasMessageContaining("first");
    assertThat(followed).isCompletedWithValue("taken over");
    assertThat(follower.told).containsExactly("made");
    assertThat(ask(new Exchange(), target, () -> CompletableFuture.completedFuture("third")))
        .as("nothing was stored")
        .isCompletedWithValue("third");
  }

  @Test
  void runInTheBackground_whoseValueIsForOneAlone_isNotStored() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Handlers.Call refusing =
        new Handlers.Call() {
          @Override
          public boolean mayStore(Object result) {
            asked.incrementAndGet();
            return false;
          }

          @Override
          public void served(boolean hit, boolean stored, long remainingMillis) {}
        };
    Handlers handlers =
        new Handlers() {
          @Override
          public Call entered() {
            return Call.UNOBSERVED;
          }

          @Override
          public Call behind() {
            return refusing;
          }
        };
    Probe stale = new Probe(null, handlers);
    stale.policies.put("c", Probe.policy(1, 60_000, 0, false));
    Target target = target(stale);
    Supplier<CompletableFuture<Object>> body = () -> CompletableFuture.completedFuture("first");
    assertThat(ask(null, target, body)).isCompletedWithValue("first");

    await()
        .until(
            () -> {
              assertThat(ask(null, target, body)).isCompletedWithValue("first");
              return asked.get() > 1;
            });
  }
}
