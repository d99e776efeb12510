/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.config.Settings;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What calls remove by annotation, whether their bodies run or not. */
final class EvictionsTest {

  private static final MethodType WOVEN =
      MethodType.methodType(Object.class, Object.class, long.class);

  private final AtomicInteger runs = new AtomicInteger();
  private final Engine engine =
      new Engine(
          new SettingsPolicies(Settings.none()),
          new MemoryStores(),
          FieldAccess.plain(),
          new Responses());

  /** What of whole responses was removed. */
  private final List<String> responses = new ArrayList<>();

  /** What happens as they are. */
  private Runnable meanwhile = () -> {};

  private final class Responses implements Handlers {
    @Override
    public Call entered() {
      return Call.UNOBSERVED;
    }

    @Override
    public long removeResponses(String cache, String key) {
      meanwhile.run();
      responses.add(cache + " " + key);
      return 1;
    }

    @Override
    public long clearResponses(String cache) {
      meanwhile.run();
      responses.add(cache);
      return 1;
    }

    @Override
    public long removeTagged(String tag) {
      meanwhile.run();
      responses.add("tag " + tag);
      return 1;
    }
  }

  private Target target(String name, Operation lookup, Operation... evictions) {
    return targetOf("(J)Ljava/lang/Object;", name, lookup, evictions);
  }

  private Target targetOf(
      String descriptor, String name, Operation lookup, Operation... evictions) {
    return engine.target(
        new TargetSpec(
            EvictionsTest.class.getName(),
            name,
            descriptor,
            false,
            List.of("id"),
            Set.of(),
            lookup,
            List.of(evictions),
            List.of(),
            List.of(),
            EnumSet.noneOf(TargetSpec.Trait.class)),
        MethodHandles.lookup());
  }

  /** As woven code asks. */
  private Object call(Target target, long id) throws Throwable {
    MethodHandle hit = target.hitHandle(WOVEN);
    Object value = (Object) hit.invokeExact((Object) this, id);
    return value != null
        ? value
        : Probe.call(target, this, new Object[] {id}, () -> "run " + runs.incrementAndGet());
  }

  @Test
  void evictions_byKeyTagsOrAll_reachTheResponsesUnderTheirNames() throws Throwable {
    Target save =
        target(
            "save",
            (Operation) null,
            new Operation("pages", Map.of("all", "true")),
            new Operation("pages", Map.of("key", "/shop/{id}")),
            new Operation("", Map.of("tags", "shelf:{id}, all")),
            new Operation("pages", Map.of()));

    call(save, 7);

    assertThat(responses).containsExactly("pages", "pages /shop/7", "tag shelf:7", "tag all");
  }

  @Test
  void misfit_ofAMethodThatTakesAnArray_namesItAsInSource() {
    targetOf("([Ljava/lang/String;)Ljava/lang/Object;", "all", new Operation("all", Map.of()));

    assertThat(engine.misfit("all", List.of("EUR", "CHF")))
        .startsWith("no method of all takes (EUR, CHF); it has ")
        .endsWith("EvictionsTest.all(java.lang.String[])");
  }

  @ParameterizedTest
  @CsvSource({"all, true", "key, '{id}'", "tags, 'tag:{id}'"})
  void responses_goAfterTheEntriesThatTheyMayBeMadeOf(String attribute, String value)
      throws Throwable {
    Target page = target("page", new Operation("pages", Map.of("key", "{id}", "tags", "tag:{id}")));
    Target save = target("save", null, new Operation("pages", Map.of(attribute, value)));
    assertThat(call(page, 7)).isEqualTo("run 1");
    List<Object> made = new ArrayList<>();
    meanwhile = () -> made.add(Probe.call(page, this, new Object[] {7L}, () -> "made anew"));

    call(save, 7);

    assertThat(made).containsExactly("made anew");
  }

  /** What fails says nothing of what is there, which may be wrong by now. */
  @Test
  void eviction_whoseConditionOrTagFails_removesTheRest() throws Throwable {
    Target save =
        target(
            "save",
            (Operation) null,
            new Operation("pages", Map.of("key", "{id}", "condition", "id > 'a'")),
            new Operation("pages", Map.of("key", "/{id}", "tags", "a,{id > 'a'},b")));

    call(save, 7);

    assertThat(responses).containsExactly("pages 7", "tag a", "tag b", "pages /7");
  }

  @Test
  void responses_thatATransactionEvictsAgainAndAgain_goOnce() {
    Target save =
        target(
            "save",
            null,
            new Operation("pages", Map.of("all", "true")),
            new Operation("pages", Map.of("key", "/shop/{id}")),
            new Operation("", Map.of("tags", "shelf")));

    new TransactionTemplate(new TellingManager())
        .executeWithoutResult(
            status -> {
              Probe.call(save, this, new Object[] {7L}, () -> null);
              Probe.call(save, this, new Object[] {7L}, () -> null);
              assertThat(responses).as("before the commit").isEmpty();
            });

    assertThat(responses).containsExactly("pages", "pages /shop/7", "tag shelf");
  }

  @Test
  void evictBeforeInvocation_ofAMethodThatIsCached_actsAtAHitAsWell() throws Throwable {
    Target other = target("other", new Operation("other", Map.of()));
    Target find =
        target(
            "find",
            new Operation("found", Map.of()),
            new Operation("other", Map.of("all", "true", "before-invocation", "true")));
    assertThat(call(find, 1)).isEqualTo("run 1");
    assertThat(call(find, 1)).isEqualTo("run 1");
    assertThat(call(other, 1)).isEqualTo("run 2");

    assertThat(call(find, 1)).as("a hit still").isEqualTo("run 1");

    assertThat(call(other, 1)).isEqualTo("run 3");
  }

  @Test
  void evict_ofAMethodThatIsCached_actsAtAHitAsWell() throws Throwable {
    Target other = target("other", new Operation("other", Map.of()));
    Target find =
        target(
            "find",
            new Operation("found", Map.of()),
            new Operation("other", Map.of("condition", "result == 'run 1'")));
    assertThat(call(find, 1)).isEqualTo("run 1");
    assertThat(call(other, 1)).isEqualTo("run 2");

    assertThat(call(find, 1)).as("a hit still").isEqualTo("run 1");

    assertThat(call(other, 1)).isEqualTo("run 3");
  }

  /** Woven by hand. */
  @SuppressWarnings("unchecked")
  List<String> names(List<Long> ids) {
    return (List<String>)
        Probe.call(
            names, this, new Object[] {ids}, () -> ids.stream().map(String::valueOf).toList());
  }

  private final Target names =
      targetOf(
          "(Ljava/util/List;)Ljava/util/List;",
          "names",
          new Operation("names", Map.of("batch", "true")),
          new Operation("other", Map.of("all", "true")));

  @Test
  void evict_ofAMethodThatIsCachedPerElement_actsAtEachCall() throws Throwable {
    Target other = target("other", new Operation("other", Map.of()));
    call(other, 1);
    names(List.of(1L, 2L));
    assertThat(call(other, 1)).isEqualTo("run 2");

    names(List.of(2L));

    assertThat(call(other, 1)).isEqualTo("run 3");
  }

  @Test
  void keyedMethods_alone_areNotReachedByArguments() throws Throwable {
    assertThat(engine.hasKeyedMethodsAlone("c")).as("nobody's").isFalse();
    target("keyed", new Operation("c", Map.of("key", "{id}")));
    assertThat(engine.hasKeyedMethodsAlone("c")).isTrue();
    target("other", new Operation("c", Map.of()));
    assertThat(engine.hasKeyedMethodsAlone("c")).isFalse();
  }
}
