/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ResponseEntity;

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

  @Test
  void handler_thatAnswersPreconditionsOrAPart_mayNot() {
    for (int status : new int[] {206, 304, 412, 416}) {
      HandlerWatch onTheResponse = watch();
      response.status(status);
      assertThat(onTheResponse.mayStore(null)).as("on the response: %d", status).isFalse();
      assertThat(watch().mayStore(new Response(status, Map.of())))
          .as("in the value: %d", status)
          .isFalse();
      response.status(200);
    }
    for (int status : new int[] {200, 204, 301, 404}) {
      HandlerWatch watch = watch();
      response.status(status);
      assertThat(watch.mayStore(null)).as("on the response: %d", status).isTrue();
      assertThat(watch.mayStore(new Response(status, Map.of()))).as("%d", status).isTrue();
      response.status(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"200, true", "299, true", "304, false", "412, false"})
  void valueOfSpring5_mayByItsStatus(int status, boolean may) {
    assertThat(watch().mayStore(new ResponseEntity(status))).isEqualTo(may);
  }

  @Test
  void value_whoseFieldsArePersonal_mayNot() {
    assertThat(watch().mayStore(withField("set-cookie", "a=b"))).isFalse();
    assertThat(watch().mayStore(withField("Cache-Control", "private"))).isFalse();
    assertThat(watch().mayStore(withField("Cache-Control", "max-age=5"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Location, http://evil.example/a, Host, EVIL.example:80, false",
    "Location, https://evil.example:8443/a, Host, evil.example, false",
    "Location, http://[::1]:80/a, Host, [::1]:80, false",
    "Content-Location, http://evil.example/a, X-Forwarded-Host, 'b.example, evil.example', false",
    "Link, '</a>; rel=prev, <http://evil.example/a>; rel=next', Forwarded, host=evil.example, false",
    "Location, http://other.example/a, Host, evil.example, true",
    "Location, /a, Host, evil.example, true",
    "X-Place, http://evil.example/a, Host, evil.example, true"
  })
  void value_thatNamesWhereItsRequestWasSentTo_mayNot(
      String field, String value, String asked, String host, boolean may) {
    if (!asked.equals("Host")) {
      request.addHeader("Host", "shop.example");
    }
    request.addHeader(asked, host);
    assertThat(watch().mayStore(withField(field, value))).isEqualTo(may);
  }

  @Test
  void valueOutsideAnyExchange_mayByWhatItSaysItself() {
    assertThat(HandlerCall.NONE.mayStore("value")).isTrue();
    assertThat(HandlerCall.NONE.mayStore(null)).isTrue();
    assertThat(HandlerCall.NONE.mayStore(withField("Location", "http://a.example/"))).isTrue();
    assertThat(HandlerCall.NONE.mayStore(withField("Set-Cookie", "a=b"))).isFalse();
    assertThat(HandlerCall.NONE.mayStore(withField("Cache-Control", "no-store"))).isFalse();
  }

  private static Response withField(String name, String line) {
    return new Response(200, Map.of(name, List.of(line)));
  }

  private HandlerWatch watch() {
    return new HandlerWatch(request, response, told -> {});
  }
}
