/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a handler method's value may be stored, by what the method itself made of the answer. */
class HandlerWatchTest {

  private final Message request = new Message(0, "");
  private final Message response = new Message(200, "");

  @Test
  void handler_thatSaysNothing_mayBeStored_whateverFiltersHaveSaid() {
    assertThat(watch().mayStore("value")).isTrue();

    request.addHeader("known", "");
    request.addHeader("session", "");
    response.addHeader("added", "");
    response.addHeader("Set-Cookie", "filter=1");
    response.addHeader("Cache-Control", "no-store");
    assertThat(watch().mayStore("value")).isTrue();
  }

  @Test
  void handler_thatSetsACookieBesideAFilters_mayNot() {
    response.addHeader("Set-Cookie", "filter=1");
    response.addHeader("added", "");
    HandlerWatch byMethod = watch();
    response.addHeader("added", "");
    assertThat(byMethod.mayStore("value")).isFalse();

    HandlerWatch byField = watch();
    response.addHeader("Set-Cookie", "own=1");
    assertThat(byField.mayStore("value")).isFalse();
    HandlerWatch inPlace = watch();
    response.setHeader("Set-Cookie", "own=2");
    assertThat(inPlace.mayStore("value")).isFalse();
  }

  @Test
  void handler_thatMakesASessionForSomebodyWhoIsKnown_mayNot() {
    request.addHeader("known", "");
    HandlerWatch watch = watch();
    request.addHeader("session", "");
    assertThat(watch.mayStore("value")).isFalse();
  }

  @Test
  void handler_thatReadsTheSessionOfSomebodyWhoWasNotKnown_mayNot() {
    HandlerWatch watch = watch();
    request.addHeader("known", "");
    assertThat(watch.mayStore("value")).isFalse();
  }

  @Test
  void handler_thatSaysPrivateBesideWhatAFilterSaid_mayNot() {
    response.addHeader("Cache-Control", "max-age=60");
    HandlerWatch watch = watch();
    response.addHeader("Cache-Control", "private");
    assertThat(watch.mayStore("value")).isFalse();

    HandlerWatch harmless = watch();
    response.setHeader("Cache-Control", "max-age=30");
    assertThat(harmless.mayStore("value")).isTrue();
  }

  private HandlerWatch watch() {
    return new HandlerWatch(request, response, told -> {});
  }
}
