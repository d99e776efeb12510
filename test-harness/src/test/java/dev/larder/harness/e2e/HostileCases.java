/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/**
 * Requests that no browser makes, each answered as the same container answers it without the agent.
 * The application says how it understands what it is asked for, so that an answer out of another
 * request's entry shows.
 */
interface HostileCases extends Shops {

  int FUZZED = 80;

  /** What may be taken for one another, and is not the same to the application. */
  List<String> LOOK_ALIKES =
      List.of(
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=2 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a? HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a/ HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/A?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/ECHO/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/%61?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?%61=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=%31 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=1&a=2 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=2&a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?b=2&a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=1;b=2 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=1%00 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=1%23x HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a#?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a;x=1?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a;x=2?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors;x/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop//visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET //shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo//a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/./visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/named/../visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/b/../a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/%2e%2e/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/b%2f..%2fa?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo%2fa?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a%3fa=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a%3Fa=1?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/%c3%a9?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/%e9?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/%C3%A9?a=1 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a+b?a=1+2 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a%20b?a=1%202 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a%2bb?a=1%2b2 HTTP/1.1|Host: shop.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: SHOP.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test.",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test:80",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test:443",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: other.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: [::1]",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test|Host: other.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host : other.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test| Host: other.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.0|Host: shop.test",
          "GET /shop/visitors/echo/a?a=1 HTTP/1.0|X: y",
          "GET http://shop.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET http://other.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: other.test",
          "GET http://other.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET http://shop.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: other.test",
          "GET http://other.test/shop/visitors/echo/a?a=1 HTTP/1.0|X: y",
          "GET http://other.test:81/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET https://shop.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET HTTP://SHOP.TEST/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET http://ann@shop.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET *://shop.test/shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "get /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test",
          "GET  /shop/visitors/echo/a?a=1 HTTP/1.1|Host: shop.test");

  @OnEachJdk
  default void requestsThatLookAlike_areEachAnsweredAsTheyWouldBeWithoutTheAgent(Jdk jdk) {
    SoftAssertions all = new SoftAssertions();
    List<String> asked = new ArrayList<>(LOOK_ALIKES);
    for (int round = 0; round < 2; round++) {
      for (String each : asked) {
        String request = each.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n";
        String bare = withoutAgent(jdk).raw(request);
        String guarded = server(jdk).raw(request);
        all.assertThat(status(guarded)).as(each).isEqualTo(status(bare));
        if (status(bare).contains(" 200")) {
          all.assertThat(understood(guarded)).as(each).isEqualTo(understood(bare));
        }
      }
      // Whatever came first has filled the entry that another could be taken for.
      Collections.reverse(asked);
    }
    all.assertAll();
  }

  @OnEachJdk
  default void fuzzedRequests_areAnsweredAsTheyWouldBeWithoutTheAgent(Jdk jdk) {
    long seed = System.nanoTime();
    System.out.println("fuzzed requests to " + container() + " " + jdk + ", seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < FUZZED; i++) {
      String request = Requests.fuzzed(random);
      String what = String.format("seed %d, request %d: %s", seed, i, request);
      String bare = withoutAgent(jdk).raw(request);
      String guarded = server(jdk).raw(request);
      String status = status(guarded);
      if (status.matches("HTTP/1.[01] (206|304|412|416).*")) {
        assertThat(status(bare)).as(what).matches("HTTP/1.[01] (200|206|304|412|416).*");
        assertThat(request).as(what).containsAnyOf("If-", "Range");
      } else {
        assertThat(status).as(what).isEqualTo(status(bare));
      }
      if (status.contains(" 200") && status(bare).contains(" 200")) {
        assertThat(understood(guarded)).as(what).isEqualTo(understood(bare));
      }
    }
  }

  @OnEachJdk
  default void hugeListOfTags_isGoneThroughInBoundedTime(Jdk jdk) {
    String tag = "W/\"" + "x".repeat(20) + "\", ";
    for (String list :
        new String[] {
          tag.repeat(40_000 / tag.length()),
          tag.repeat(900_000 / tag.length()),
          ",".repeat(900_000),
          "\"".repeat(900_000),
          "W/".repeat(450_000)
        }) {
      String request =
          "GET /shop/visitors/plain HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n"
              + "If-None-Match: "
              + list
              + "\r\n\r\n";
      String bare = Requests.sent(withoutAgent(jdk), request);
      long begun = System.nanoTime();
      String guarded = Requests.sent(server(jdk), request);
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(10));
      if (isRefusal(bare)) {
        assertThat(isRefusal(guarded)).as(status(guarded)).isTrue();
      } else {
        assertThat(status(guarded)).isEqualTo(status(bare));
      }
    }
  }

  /** Whether it says so, or nothing: what closes with bytes unread may take its answer back. */
  private static boolean isRefusal(String answer) {
    return answer.isEmpty() || status(answer).startsWith("HTTP/1.1 4");
  }

  Pattern RUN = Pattern.compile("run \\d+ ");

  private static String understood(String answer) {
    String body = WireAnswer.all(answer, false).get(0).body();
    // A host's name is the same in either case.
    return RUN.matcher(body).replaceFirst("").replaceAll("(?i)shop\\.test", "shop.test");
  }

  private static String status(String answer) {
    return answer.substring(0, Math.max(0, answer.indexOf("\r\n")));
  }
}
