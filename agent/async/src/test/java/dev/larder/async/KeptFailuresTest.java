/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code cache-exceptions} of each reactive type: a kept failure is a failure of the source. */
final class KeptFailuresTest {

  private final Woven woven =
      new Woven(MethodHandles.lookup())
          .cached("mono", "cache-exceptions", "1h")
          .cached("flux", "cache-exceptions", "1h")
          .cached("single", "cache-exceptions", "1h")
          .cached("maybe", "cache-exceptions", "1h")
          .cached("uni", "cache-exceptions", "1h");
  private final IllegalStateException own = new IllegalStateException("own");
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private int runs;
  private boolean throwing;

  /** The types, and how one subscribes to them. */
  private enum Library {
    MONO {
      @Override
      Object subscribe(KeptFailuresTest test) {
        return test.mono(1).subscribe(test.values::add, test.failures::add);
      }
    },
    FLUX {
      @Override
      Object subscribe(KeptFailuresTest test) {
        return test.flux(1).subscribe(test.values::add, test.failures::add);
      }
    },
    SINGLE {
      @Override
      Object subscribe(KeptFailuresTest test) {
        return test.single(1).subscribe(test.values::add, test.failures::add);
      }
    },
    MAYBE {
      @Override
      Object subscribe(KeptFailuresTest test) {
        return test.maybe(1).subscribe(test.values::add, test.failures::add);
      }
    },
    UNI {
      @Override
      Object subscribe(KeptFailuresTest test) {
        return test.uni(1).subscribe().with(test.values::add, test.failures::add);
      }
    };

    abstract Object subscribe(KeptFailuresTest test);
  }

  private <T> T body(T failing) {
    runs++;
    if (throwing) {
      throw own;
    }
    return failing;
  }

  private Mono<String> mono(long id) {
    return woven.call("mono", this, () -> body(Mono.error(own)), id);
  }

  private Flux<String> flux(long id) {
    return woven.call("flux", this, () -> body(Flux.error(own)), id);
  }

  private Single<String> single(long id) {
    return woven.call("single", this, () -> body(Single.error(own)), id);
  }

  private Maybe<String> maybe(long id) {
    return woven.call("maybe", this, () -> body(Maybe.error(own)), id);
  }

  private Uni<String> uni(long id) {
    return woven.call("uni", this, () -> body(Uni.createFrom().failure(own)), id);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void failure_thatIsKept_isGivenToEachSubscriberAsItIs(Library library) {
    library.subscribe(this);
    library.subscribe(this);

    assertThat(failures).hasSize(2).allSatisfy(each -> assertThat(each).isSameAs(own));
    assertThat(values).isEmpty();
    assertThat(runs).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void exception_thatABodyThrows_isGivenToEachSubscriberAsItIs(Library library) {
    throwing = true;
    library.subscribe(this);
    library.subscribe(this);

    assertThat(failures).hasSize(2).allSatisfy(each -> assertThat(each).isSameAs(own));
    assertThat(runs).isEqualTo(1);
  }
}
