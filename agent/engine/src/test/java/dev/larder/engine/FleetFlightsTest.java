/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.remote.HeapServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cold key that is loaded once in all JVMs; several engines stand for them. */
class FleetFlightsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HeapServer server = HeapServer.pushing();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private final class Jvm {
    final Probe probe = new Probe(server.factory());
    final Probe.Repository repository;
    final long missesBefore;

    Jvm(Function<Long, Object> body, String... keysAndValues) {
      Settings settings =
          Settings.of(
              Map.of(
                  "backend",
                  "test.Heap",
                  "timeout",
                  "5s",
                  "single-flight",
                  "cluster",
                  keysAndValues.length == 0 ? "ttl" : keysAndValues[0],
                  keysAndValues.length == 0 ? "1h" : keysAndValues[1]));
      SettingsPolicies policies = new SettingsPolicies(settings);
      probe.remotes.put("fleet", policies.remote("fleet"));
      try {
        probe.policies.put("fleet", policies.of(new TargetSpec.Operation("fleet", Map.of())));
      } catch (FaultyAttribute impossible) {
        throw new AssertionError(impossible);
      }
      repository = probe.new Repository("fleet", id -> id < 0 ? "warm" : body.apply(id));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                long hits = probe.engine.figures("fleet")[0];
                repository.find(-1);
                return probe.engine.figures("fleet")[0] > hits;
              });
      missesBefore = probe.engine.figures("fleet")[1];
    }

    Object find(long id) {
      return repository.find(id);
    }

    /** Since it was connected. */
    long misses() {
      return probe.engine.figures("fleet")[1] - missesBefore;
    }
  }

  private <T> List<Future<T>> together(int each, List<Jvm> jvms, Function<Jvm, T> call) {
    List<Future<T>> calls = new ArrayList<>();
    for (Jvm jvm : jvms) {
      for (int i = 0; i < each; i++) {
        Callable<T> one = () -> call.apply(jvm);
        calls.add(pool.submit(one));
      }
    }
    return calls;
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private String leaseKey() {
    return server.keys().stream().filter(key -> key.contains("!lease:")).findFirst().orElse(null);
  }

  @Test
  void coldKey_underSeveralJvms_runsOnce() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Function<Long, Object> body =
        id -> {
          running.countDown();
          pass(go);
          return "run " + runs.incrementAndGet();
        };
    List<Jvm> jvms = List.of(new Jvm(body), new Jvm(body), new Jvm(body));
    List<Future<Object>> calls = together(8, jvms, jvm -> jvm.find(1));
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> jvms.stream().mapToLong(Jvm::misses).sum() == calls.size());
    go.countDown();

    Set<Object> values = new HashSet<>();
    for (Future<Object> call : calls) {
      values.add(done(call));
    }

    assertThat(values).containsExactly("run 1");
    assertThat(runs).hasValue(1);
    await().atMost(PATIENCE).until(() -> leaseKey() == null);
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void leaderThatFails_isFollowedByOneOtherJvm() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Jvm failing =
        new Jvm(
            id -> {
              running.countDown();
              pass(go);
              throw new IllegalStateException("of the leader");
            });
    Jvm one = new Jvm(id -> "run " + runs.incrementAndGet());
    Jvm other = new Jvm(id -> "run " + runs.incrementAndGet());
    Future<Object> leader = pool.submit(() -> failing.find(1));
    pass(running);
    List<Future<Object>> calls = together(4, List.of(one, other), jvm -> jvm.find(1));
    go.countDown();

    assertThatThrownBy(() -> done(leader))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("of the leader");
    for (Future<Object> call : calls) {
      assertThat(done(call)).isEqualTo("run 1");
    }
  }

  @Test
  void resultThatMayNotBeStored_letsEachJvmRun() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Jvm leading =
        new Jvm(
            id -> {
              running.countDown();
              pass(go);
              return new Object() {
                @SuppressWarnings("unused")
                final Thread thread = Thread.currentThread();
              };
            });
    Jvm other = new Jvm(id -> "run " + runs.incrementAndGet());
    Future<Object> leader = pool.submit(() -> leading.find(1));
    pass(running);
    Future<Object> follower = pool.submit(() -> other.find(1));
    go.countDown();

    assertThat(done(leader)).isNotNull();
    assertThat(done(follower)).isEqualTo("run 1");
  }

  @Test
  void leaseThatIsLost_meansNothingIsStored() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Jvm leading =
        new Jvm(
            id -> {
              running.countDown();
              pass(go);
              return "late";
            });
    Jvm other = new Jvm(id -> "run " + runs.incrementAndGet());
    Future<Object> leader = pool.submit(() -> leading.find(1));
    pass(running);
    server.lose(leaseKey());

    assertThat(other.find(1)).as("it leads by now").isEqualTo("run 1");
    go.countDown();

    assertThat(done(leader)).isEqualTo("late");
    assertThat(other.find(1)).isEqualTo("run 1");
    assertThat(leading.find(1)).isEqualTo("run 1");
  }

  @Test
  void evict_whileAnotherJvmLoads_isNotWaitedFor() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Jvm leading =
        new Jvm(
            id -> {
              running.countDown();
              pass(go);
              return "old";
            });
    Jvm other = new Jvm(id -> "run " + runs.incrementAndGet());
    Future<Object> leader = pool.submit(() -> leading.find(1));
    pass(running);

    other.probe.engine.evict("fleet", 1L);
    assertThat(other.find(1)).as("though the other load still runs").isEqualTo("run 1");
    go.countDown();

    assertThat(done(leader)).isEqualTo("old");
    assertThat(leading.find(1)).isEqualTo("run 1");
  }

  @Test
  void follower_whoseWaitIsOver_runs() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Jvm leading =
        new Jvm(
            id -> {
              running.countDown();
              pass(go);
              return "led";
            });
    Jvm other = new Jvm(id -> "run " + runs.incrementAndGet(), "wait", "200ms");
    Future<Object> leader = pool.submit(() -> leading.find(1));
    pass(running);

    assertThat(other.find(1)).isEqualTo("run 1");
    go.countDown();
    done(leader);
  }

  @Test
  void backendAway_leavesTheFlightsOfEachJvm() throws Exception {
    Jvm one = new Jvm(id -> "run " + runs.incrementAndGet());
    server.setAway(true);

    assertThat(one.find(1)).isEqualTo("run 1");
    assertThat(one.find(1)).isEqualTo("run 2");
  }
}
