/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.HeapServer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who watches is told what happens, each time and once, and nothing of keys and values. */
final class WitnessTest {

  private final Notes notes = new Notes();
  private final AtomicInteger runs = new AtomicInteger();
  private final Probe probe = new Probe(null, Handlers.NONE, notes);

  /** Writes down what it is told. */
  private static final class Notes implements Witness {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private boolean watchesLoads = true;

    private void note(String what) {
      told.add(what);
    }

    /** What was told since this was last asked. */
    private List<String> next() {
      synchronized (told) {
        List<String> next = List.copyOf(told);
        told.clear();
        return next;
      }
    }

    @Override
    public void cacheMade(String cache) {
      note("cache " + cache);
    }

    @Override
    public void hit(String cache, TargetSpec method, boolean stale) {
      note((stale ? "stale " : "hit ") + cache + " " + method.method());
    }

    @Override
    public void missed(String cache, TargetSpec method) {
      note("miss " + cache + " " + method.method());
    }

    @Override
    public Object loadBegins(String cache, TargetSpec method) {
      return watchesLoads ? "load of " + cache + " " + method.method() : null;
    }

    @Override
    public void loadEnded(Object load, Outcome outcome) {
      if (load != null) {
        note(load + " " + outcome);
      }
    }

    @Override
    public void removed(Removed what, String cache, long entries) {
      note("removed " + what + " " + cache + " " + entries);
    }

    @Override
    public void backendFailed(
        String cache, String backend, String operation, RuntimeException failure) {
      note("failed " + cache + " " + backend + " " + operation);
    }
  }

  @Test
  void calls_ofAMethod_areToldOnceEach() {
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    assertThat(notes.next()).containsExactly("cache c");

    repository.find(1);
    assertThat(notes.next()).containsExactly("miss c find", "load of c find STORED");

    // Its hit site has not been asked to tell.
    repository.find(1);
    assertThat(notes.next()).isEmpty();

    repository.find(2);
    assertThat(notes.next()).containsExactly("miss c find", "load of c find STORED");
  }

  @Test
  void hitSite_linkedToTell_tellsWhatItGivesAndNothingElse() throws Throwable {
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    MethodType type = MethodType.methodType(Object.class, Object.class, long.class);
    MethodHandle telling = repository.target.hitHandle(type, true);
    repository.find(1);
    notes.next();

    Object none = (Object) telling.invokeExact((Object) repository, 2L);
    assertThat(none).isNull();
    assertThat(notes.next()).isEmpty();
    Object value = (Object) telling.invokeExact((Object) repository, 1L);
    assertThat(value).isEqualTo("run 1");
    assertThat(notes.next()).containsExactly("hit c find");
  }

  @Test
  void loads_nobodyWantsToKnowOf_areNotTold() {
    notes.watchesLoads = false;
    Probe.Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    notes.next();

    repository.find(1);

    assertThat(notes.next()).containsExactly("miss c find");
  }

  @Test
  void body_thatThrowsOrMayNotBeStored_isToldAsSuch() {
    probe.policies.put("c", policyUnless("result == 'no'"));
    Probe.Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              if (id == 1) {
                throw new IllegalStateException("the body's");
              }
              return "no";
            });
    notes.next();

    assertThatThrownBy(() -> repository.find(1)).hasMessage("the body's");
    assertThat(notes.next()).containsExactly("miss c find", "load of c find FAILED");
    repository.find(2);
    assertThat(notes.next()).containsExactly("miss c find", "load of c find NOT_STORED");
  }

  private static CachePolicy policyUnless(String unless) {
    try {
      return new SettingsPolicies(Settings.of(Map.of("cache.c.unless", unless)))
          .of(new Operation("c", Map.of()));
    } catch (FaultyAttribute faulty) {
      throw new AssertionError(faulty);
    }
  }

  @Test
  void oldValue_thatStandsInForAFailure_isAStaleHit() {
    probe.policies.put("c", Probe.policy(1, 0, 60_000, false));
    Probe.Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              if (runs.incrementAndGet() > 1) {
                throw new IllegalStateException("the body's");
              }
              return "first";
            });
    repository.find(1);
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    await().until(() -> System.nanoTime() > due);
    notes.next();

    assertThat(repository.find(1)).isEqualTo("first");

    assertThat(notes.next())
        .containsExactly("miss c find", "load of c find FAILED", "stale c find");
  }

  @Test
  void follower_isAMissWithoutALoad() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Probe.Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              begun.countDown();
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return "run " + runs.incrementAndGet();
            });
    CompletableFuture<Object> leader = CompletableFuture.supplyAsync(() -> repository.find(1));
    begun.await();
    Thread[] following = new Thread[1];
    CompletableFuture<Object> follower = new CompletableFuture<>();
    following[0] = new Thread(() -> follower.complete(repository.find(1)));
    following[0].start();
    await().until(() -> following[0].getState() == Thread.State.TIMED_WAITING);
    end.countDown();

    assertThat(leader.get(20, TimeUnit.SECONDS)).isEqualTo(follower.get(20, TimeUnit.SECONDS));
    assertThat(notes.next())
        .containsExactlyInAnyOrder(
            "cache c", "miss c find", "load of c find STORED", "miss c find");
  }

  @Test
  void removals_areToldWithTheirNumber() {
    probe.policies.put("t", Probe.taggedPolicy("tag"));
    Probe.Writer keyed = probe.new Writer("c");
    Probe.Repository tagged = probe.new Repository("t", id -> "run " + runs.incrementAndGet());
    tagged.find(1);
    keyed.update(1, "value");
    notes.next();

    probe.engine.evictKey("c", "1");
    probe.engine.evict("t", 7L);
    probe.engine.evictTag("tag");
    probe.engine.clear("c");
    probe.engine.clear("nobody's");
    probe.engine.clearAll();

    assertThat(notes.next())
        .containsExactly(
            "removed KEY c 1",
            "removed KEY t 0",
            "removed TAG null 1",
            "removed CACHE c 0",
            "removed ALL null 0");
  }

  @Test
  void backend_thatFails_isToldWithWhatItWasAsked() throws Exception {
    SettingsPolicies policies =
        new SettingsPolicies(Settings.of(Map.of("backend", "test.Heap", "timeout", "5s")));
    HeapServer server = HeapServer.silent();
    Probe remote = new Probe(server.factory(), Handlers.NONE, notes);
    remote.remotes.put("far", policies.remote("far"));
    Probe.Repository repository =
        remote.new Repository("far", id -> "run " + runs.incrementAndGet());
    await().until(() -> repository.find(1).equals(repository.find(1)));
    notes.next();

    repository.find(1);
    assertThat(notes.next()).as("a hit of the backend's").containsExactly("hit far find");

    server.setAway(true);
    repository.find(1);

    assertThat(notes.next())
        .contains("failed far test.Heap find", "miss far find")
        .doesNotContain("hit far find");
  }

  /** A stage's load ends with the stage. */
  static CompletableFuture<String> stage(long id) {
    return null;
  }

  @Test
  void stage_endsItsLoadWhenItCompletes() throws Exception {
    Method method = WitnessTest.class.getDeclaredMethod("stage", long.class);
    Target target = probe.target(MethodHandles.lookup(), method, "c", "id");
    CompletableFuture<String> later = new CompletableFuture<>();
    notes.next();

    Object given = Probe.call(target, null, new Object[] {1L}, () -> later);
    assertThat(notes.next()).containsExactly("miss c stage");
    later.complete("value");

    assertThat(((CompletableFuture<?>) given).get(20, TimeUnit.SECONDS)).isEqualTo("value");
    assertThat(notes.next()).containsExactly("load of c stage STORED");
    Probe.call(target, null, new Object[] {1L}, () -> later);
    assertThat(notes.next()).containsExactly("hit c stage");
  }
}
