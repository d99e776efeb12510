/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.codec.DecodedEntry.Whole;
import dev.larder.engine.codec.EntryCodec;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.Seal;
import dev.larder.engine.config.Settings;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.remote.HeapServer;
import dev.larder.engine.remote.RemotePolicy;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else has put into the cells of a backend: always a miss, counted, overwritten. */
class HostileCellsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int KEYS = 20;
  private static final String PREFIX = "test:hostile:";

  private final HeapServer server = HeapServer.silent();
  private final AtomicInteger runs = new AtomicInteger();

  /** One JVM's only method of the cache {@code hostile}, and what it has cached. */
  private final class Jvm {
    final Probe probe = new Probe(server.factory());
    final Probe.Repository repository;

    Jvm(String... settings) {
      this(Probe.policy(), settings);
    }

    Jvm(CachePolicy cached, String... settings) {
      Map<String, String> file = new HashMap<>(Map.of("backend", "test.Heap", "prefix", "test"));
      file.put("timeout", "5s");
      for (int i = 0; i < settings.length; i += 2) {
        file.put(settings[i], settings[i + 1]);
      }
      RemotePolicy policy = new SettingsPolicies(Settings.of(file)).remote("hostile");
      probe.remotes.put("hostile", policy);
      probe.policies.put("hostile", cached);
      repository = probe.new Repository("hostile", id -> "run " + runs.incrementAndGet());
      awaitHits();
    }

    /** Waits until each key is a hit; the calls that are none store. */
    void awaitHits() {
      await()
          .atMost(PATIENCE)
          .until(() -> LongStream.range(0, KEYS).filter(this::isHit).count() == KEYS);
    }

    /** Whether a call is answered without a run of the body. */
    boolean isHit(long id) {
      int before = runs.get();
      repository.find(id);
      return runs.get() == before;
    }

    /** Asserts that each key's body runs, and gives its own value. */
    void assertMisses() {
      for (long id = 0; id < KEYS; id++) {
        Object value = repository.find(id);
        assertThat(value).as("of %s", id).isEqualTo("run " + runs.get());
      }
    }

    long errors() {
      return probe.engine.figures("hostile")[9];
    }
  }

  private List<String> keysOfEntries() {
    return server.keys().stream()
        .filter(key -> key.startsWith(PREFIX) && !key.startsWith(PREFIX + '!'))
        .toList();
  }

  /** Ways to change an entry that leave its checksum wrong. */
  private enum Damage {
    FLIPPED {
      @Override
      byte[] of(byte[] entry, Random random) {
        entry[random.nextInt(entry.length)] ^= (byte) (1 << random.nextInt(8));
        return entry;
      }
    },
    TRUNCATED {
      @Override
      byte[] of(byte[] entry, Random random) {
        return Arrays.copyOf(entry, random.nextInt(entry.length));
      }
    },
    EXTENDED {
      @Override
      byte[] of(byte[] entry, Random random) {
        return Arrays.copyOf(entry, entry.length + 1 + random.nextInt(100));
      }
    },
    RANDOM {
      @Override
      byte[] of(byte[] entry, Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
      }
    };

    abstract byte[] of(byte[] entry, Random random);
  }

  @ParameterizedTest
  @EnumSource
  void find_damagedEntry_isMissAndOverwritten(Damage damage) {
    Jvm jvm = new Jvm();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> keys = keysOfEntries();
    assertThat(keys).hasSize(KEYS);
    long errors = jvm.errors();

    keys.forEach(key -> server.overwrite(key, damage.of(server.cell(key).clone(), random)));

    jvm.assertMisses();
    assertThat(jvm.errors()).as("errors with seed %s", seed).isGreaterThan(errors);
    jvm.awaitHits();
  }

  /** Marks, lists of variants and their lengths are cells like any other. */
  @ParameterizedTest
  @MethodSource("foreign")
  void find_foreignBytesInEachCell_isMissAndRecovers(byte[] bytes) {
    Jvm jvm = new Jvm();

    server.keys().forEach(key -> server.overwrite(key, bytes));
    jvm.probe.engine.evict("hostile", new Object[] {1L});
    jvm.repository.find(1);

    jvm.awaitHits(); // if only for as long as it goes by the marks that it had read before
    Jvm another = new Jvm();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (long id = 0; id < KEYS; id++) {
                assertThat(another.repository.find(id)).isEqualTo(jvm.repository.find(id));
              }
            });
  }

  static Stream<byte[]> foreign() {
    return Stream.of(
        new byte[0],
        "0".getBytes(UTF_8),
        "999999999".getBytes(UTF_8),
        "2000000000".getBytes(UTF_8),
        "-1".getBytes(UTF_8),
        new byte[16],
        new byte[250],
        new byte[1 << 20],
        "Ld, and no more".getBytes(UTF_8));
  }

  static String text(int id) {
    return "text " + id;
  }

  /** As where a machine's clock has jumped, forth before it stored or back since. */
  @Test
  void find_entryFromTheFuture_hasNoMoreLeftThanItsWholeTime() throws Exception {
    AtomicLong left = new AtomicLong(-1);
    Handlers.Call telling =
        new Handlers.Call() {
          @Override
          public boolean mayStore(Object result) {
            return true;
          }

          @Override
          public void served(boolean hit, boolean stored, long remainingMillis) {
            left.set(hit ? remainingMillis : -1);
          }
        };
    Probe probe = new Probe(server.factory(), () -> telling);
    Map<String, String> file = Map.of("backend", "test.Heap", "prefix", "test", "timeout", "5s");
    probe.remotes.put("hostile", new SettingsPolicies(Settings.of(file)).remote("hostile"));
    Target target =
        probe.target(
            MethodHandles.lookup(),
            HostileCellsTest.class.getDeclaredMethod("text", int.class),
            "hostile",
            EnumSet.of(TargetSpec.Trait.HANDLER),
            "id");
    Callable<Object> call = () -> Probe.call(target, null, new Object[] {1}, () -> text(1));
    await().atMost(PATIENCE).until(() -> call.call().equals("text 1") && left.get() > 1_000);

    EntryCodec codec = new EntryCodec(null, Long.MAX_VALUE, 1 << 20);
    String key = keysOfEntries().get(0);
    Whole entry = (Whole) codec.decode(key, server.cell(key));
    server.overwrite(key, codec.encode(key, inAnHour(entry.header()), entry.value().toArray()));

    assertThat(call.call()).isEqualTo("text 1");
    assertThat(left.get()).as("ms left to a hit").isBetween(0L, 1_000L);
  }

  /** As if it had been made in an hour, for a second. */
  private static EntryHeader inAnHour(EntryHeader header) {
    long created = header.created() + Duration.ofHours(1).toMillis();
    long expires = created + Duration.ofSeconds(1).toMillis();
    return new EntryHeader(
        header.codec(),
        created,
        expires,
        expires,
        expires,
        header.shape(),
        header.cacheMark(),
        header.tags());
  }

  /** Under a checksum that is right, as an attacker's would be. */
  @ParameterizedTest
  @MethodSource("hostile")
  void find_hostileValueUnderARightChecksum_isMissAndOverwritten(String json) {
    Jvm jvm = new Jvm();
    EntryCodec codec = new EntryCodec(null, Long.MAX_VALUE, 1 << 20);
    long errors = jvm.errors();

    for (String key : keysOfEntries()) {
      Whole entry = (Whole) codec.decode(key, server.cell(key));
      server.overwrite(key, codec.encode(key, entry.header(), json.getBytes(UTF_8)));
    }

    jvm.assertMisses();
    assertThat(jvm.errors()).isEqualTo(errors + KEYS);
    jvm.awaitHits();
  }

  static Stream<String> hostile() {
    return Stream.of(
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "[\"java.util.ArrayList\",[".repeat(2_000),
        "[\"com.sun.rowset.JdbcRowSetImpl\",{\"dataSourceName\":\"ldap://127.0.0.1/x\"}]",
        "[\"org.springframework.context.support.ClassPathXmlApplicationContext\",\"http://x\"]",
        "[\"javax.script.ScriptEngineManager\",{}]",
        "[\"java.lang.ProcessBuilder\",{\"command\":[\"true\"]}]",
        "not JSON");
  }

  @Test
  void find_bomb_isMissWithoutTheRoomThatItAsksFor() {
    Jvm jvm = new Jvm();
    EntryCodec codec = new EntryCodec(null, 0, Integer.MAX_VALUE);
    byte[] zeros = new byte[80 << 20];

    String key = keysOfEntries().get(0);
    Whole entry = (Whole) codec.decode(key, server.cell(key));
    byte[] bomb = codec.encode(key, entry.header(), zeros);
    assertThat(bomb.length).isLessThan(1 << 20);
    for (String each : keysOfEntries()) {
      Whole own = (Whole) codec.decode(each, server.cell(each));
      server.overwrite(each, each.equals(key) ? bomb : codec.encode(each, own.header(), zeros));
    }

    jvm.assertMisses();
    jvm.awaitHits();
  }

  @Test
  void find_entryOfAnotherKey_isMiss() {
    Jvm jvm = new Jvm();
    List<String> keys = keysOfEntries();
    List<byte[]> entries = keys.stream().map(server::cell).toList();

    for (int i = 0; i < KEYS; i++) {
      server.overwrite(keys.get(i), entries.get((i + 1) % KEYS));
    }

    jvm.assertMisses();
    jvm.awaitHits();
  }

  @Test
  void find_unsealedOrForeignSeal_isMiss_ofTheOldKeyIsHit() {
    Jvm unsealed = new Jvm();
    Jvm old = new Jvm("seal.key", "old");
    assertThat(unsealed.isHit(1)).as("by one who asks for no seal").isTrue();

    Jvm rotated = new Jvm("seal.key", "new,old");
    assertThat(keysOfEntries()).hasSize(KEYS);
    String key = keysOfEntries().get(0);
    EntryCodec ofOld = new EntryCodec(new Seal(List.of("old")), Long.MAX_VALUE, 1 << 20);
    assertThat(ofOld.decode(key, server.cell(key))).as("signed by the old key").isNotNull();
    for (long id = 0; id < KEYS; id++) {
      assertThat(rotated.isHit(id)).as("signed by the old key").isTrue();
      assertThat(rotated.repository.find(id)).isEqualTo(old.repository.find(id));
    }

    EntryCodec theirs = new EntryCodec(new Seal(List.of("theirs")), Long.MAX_VALUE, 1 << 20);
    EntryCodec none = new EntryCodec(null, Long.MAX_VALUE, 1 << 20);
    for (EntryCodec attacker : List.of(theirs, none)) {
      for (String each : keysOfEntries()) {
        Whole whole = (Whole) none.decode(each, server.cell(each));
        server.overwrite(each, attacker.encode(each, whole.header(), "\"evil\"".getBytes(UTF_8)));
      }
      rotated.assertMisses();
      rotated.awaitHits();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "cache", "all"})
  void removal_whoseMarkTheServerDoesNotTake_throwsNothingAndIsDoneLater(String what) {
    Jvm jvm = new Jvm(Probe.taggedPolicy("t"));
    server.setNarrow(true);

    long removed =
        switch (what) {
          case "tag" -> jvm.probe.engine.evictTag("t");
          case "cache" -> jvm.probe.engine.clear("hostile");
          default -> jvm.probe.engine.clearAll();
        };

    assertThat(removed).isEqualTo(-1);
    jvm.assertMisses();
    int before = runs.get();
    server.setNarrow(false);
    jvm.awaitHits();
    assertThat(runs.get()).as("nothing of before is a hit").isGreaterThanOrEqualTo(before + KEYS);
  }
}
