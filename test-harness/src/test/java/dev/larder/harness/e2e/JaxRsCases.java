/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is cached of the {@code Response} that a handler of JAX-RS gives, and what is not. */
abstract class JaxRsCases extends AsyncHandlerCases {

  /** Fields that differ from answer to answer. */
  private static final List<String> PASSING =
      List.of("date", "cache-status", "connection", "keep-alive");

  @OnEachJdk
  void response_calledAgain_isAsTheHandlerMadeIt(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/20/answer");
    HttpResponse<String> second = server(jdk).get("/items/20/answer");

    assertThat(first.body()).matches("\\{\"id\":20,\"run\":\\d+}");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(fields(second)).isEqualTo(fields(first));
    assertThat(second.headers().firstValue("Cache-Status").orElse("")).startsWith("larder; hit");
    assertThat(second.headers().firstValue("ETag")).contains("W/\"own\"");
    assertThat(second.headers().firstValue("Last-Modified"))
        .contains("Tue, 14 Nov 2023 22:13:20 GMT");
    assertThat(second.headers().firstValue("Content-Language").orElse(""))
        .isEqualToIgnoringCase("fr-CA");
    assertThat(second.headers().firstValue("Link").orElse(""))
        .startsWith("<http://elsewhere.example/next>");
  }

  @OnEachJdk
  void response_ofEachCaller_isItsOwn(Jdk jdk) {
    List<String> bodies = new ArrayList<>();
    for (String asker : List.of("ada", "bob", "cy")) {
      HttpResponse<String> answer = server(jdk).get("/items/21/names", "X-Asker", asker);

      assertThat(answer.headers().allValues("X-For")).containsExactly(asker);
      assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("asker=" + asker);
      assertThat(answer.body()).contains(" for " + asker + "\nsecond\nmarked");
      bodies.add(answer.body().replace(asker, ""));
    }
    assertThat(bodies).as("one run's").containsOnly(bodies.get(0));

    HttpResponse<String> other = server(jdk).get("/items/21/names");
    assertThat(other.headers().map()).doesNotContainKeys("X-For", "Set-Cookie");
  }

  @OnEachJdk
  void response_whoseCacheShares_isItsCallersOwnAllTheSame(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/27/shared", "X-Asker", "ada");
    HttpResponse<String> second = server(jdk).get("/items/27/shared");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().map()).containsKeys("X-For", "Set-Cookie");
    assertThat(second.headers().map()).doesNotContainKeys("X-For", "Set-Cookie");
  }

  @OnEachJdk
  void response_ofManyAtOnce_isWholeForEach(Jdk jdk) throws Exception {
    for (String path : List.of("/items/22/names", "/items/22/names/later", "/items/22/entity")) {
      ExecutorService askers = Executors.newFixedThreadPool(16);
      try {
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          answers.add(askers.submit(() -> server(jdk).get(path)));
        }
        String body = answers.get(0).get().body();
        assertThat(body).matches("(?s)\\{\"id\":22,\"run\":\\d+} for null\n.*");
        for (Future<HttpResponse<String>> each : answers) {
          assertThat(each.get().statusCode()).isEqualTo(200);
          assertThat(each.get().body()).isEqualTo(body);
        }
        assertThat(server(jdk).get(path).body()).isEqualTo(body);
      } finally {
        askers.shutdownNow();
      }
    }
  }

  @OnEachJdk
  void response_withoutEntityOrToAnotherPlace_isCachedToo(Jdk jdk) {
    HttpResponse<String> none = server(jdk).get("/items/23/none");
    assertThat(none.statusCode()).isEqualTo(204);
    assertThat(none.headers().firstValue("X-Run")).isPresent();
    assertThat(server(jdk).get("/items/23/none").headers().firstValue("X-Run"))
        .isEqualTo(none.headers().firstValue("X-Run"));

    HttpResponse<String> away = server(jdk).get("/items/23/away");
    assertThat(away.statusCode()).isEqualTo(307);
    assertThat(server(jdk).get("/items/23/away").headers().firstValue("Location"))
        .isEqualTo(away.headers().firstValue("Location"));
  }

  @OnEachJdk
  void response_thatIsCodeOrAStreamOrForOne_isMadeEachTime(Jdk jdk) {
    for (String kind : List.of("written", "read", "private", "cookie")) {
      HttpResponse<String> first = server(jdk).get("/items/24/" + kind);
      HttpResponse<String> second = server(jdk).get("/items/24/" + kind);

      assertThat(first.body()).as(kind).matches("\\{\"id\":24,\"run\":\\d+}");
      assertThat(second.body()).as(kind).matches("\\{\"id\":24,\"run\":\\d+}");
      assertThat(second.body()).as(kind).isNotEqualTo(first.body());
    }
    assertThat(server(jdk).errors())
        .filteredOn(line -> line.contains("Items.written") || line.contains("Items.read"))
        .hasSize(2)
        .allMatch(line -> line.contains("results are not cached: result.entity ("));
  }

  @OnEachJdk
  void answerToAPrecondition_isNobodyElses(Jdk jdk) {
    String path = "/items/25/versioned";

    assertThat(server(jdk).get(path, "If-None-Match", "\"version-1\"").statusCode()).isEqualTo(304);
    assertThat(server(jdk).get(path, "If-Match", "\"version-2\"").statusCode()).isEqualTo(412);
    HttpResponse<String> whole = server(jdk).get(path);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).startsWith("{\"id\":25");
    assertThat(server(jdk).get(path).body()).isEqualTo(whole.body());
    assertThat(server(jdk).get(path, "If-None-Match", "\"version-1\"").statusCode()).isEqualTo(304);
  }

  @OnEachJdk
  void relativeLocation_leadsEachToWhereItAsked(Jdk jdk) {
    for (String host : List.of("evil.example", "shop.example", "evil.example")) {
      assertThat(
              server(jdk)
                  .raw(
                      "GET /items/26/moved HTTP/1.1\r\nHost: "
                          + host
                          + "\r\nConnection: close\r\n\r\n"))
          .contains("\r\nLocation: http://" + host + "/");
    }
  }

  private static Map<String, List<String>> fields(HttpResponse<String> answer) {
    Map<String, List<String>> fields = new TreeMap<>(answer.headers().map());
    fields.keySet().removeIf(PASSING::contains);
    return fields;
  }
}
