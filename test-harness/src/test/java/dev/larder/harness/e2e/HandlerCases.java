/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** What Larder makes of a cached handler method's value, whichever framework calls it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HandlerCases {

  private final Map<Jdk, ServerApp> servers = new HashMap<>();

  /** The application, without the agent. */
  abstract App shop();

  final ServerApp server(Jdk jdk) {
    return servers.computeIfAbsent(jdk, on -> ServerApp.start(shop().agent(), on));
  }

  @AfterAll
  void stop() {
    servers.values().forEach(ServerApp::close);
  }

  @OnEachJdk
  void handler_calledAgain_isNotRun(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/3");
    HttpResponse<String> second = server(jdk).get("/items/3");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).matches("\\{\"id\":3,\"run\":\\d+}");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Cache-Status"))
        .hasValueSatisfying(status -> assertThat(status).startsWith("larder; hit; ttl="));
    assertThat(second.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"))
        .contains("application/json");
    assertThat(server(jdk).get("/items/4").body()).as("another item").isNotEqualTo(first.body());
  }

  @OnEachJdk
  void answer_fromAHandlersValue_hasTagAndTheRemainingSeconds(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/5");
    HttpResponse<String> second = server(jdk).get("/items/5");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).isEqualTo("max-age=60");
    assertThat(second.headers().firstValue("Cache-Control").orElseThrow())
        .matches("max-age=(60|5\\d)");
    assertThat(second.headers().firstValue("Age")).as("of an answer made anew").isEmpty();
    assertThat(second.headers().firstValue("ETag")).contains(tag);

    HttpResponse<String> unchanged = server(jdk).get("/items/5", "If-None-Match", tag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.headers().firstValue("ETag")).contains(tag);
  }

  @OnEachJdk
  void handler_thatIsOneByItsInterface_isAnsweredLikeAnyOther(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/9/listed");
    HttpResponse<String> second = server(jdk).get("/items/9/listed");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("ETag")).isPresent();
    assertThat(second.headers().firstValue("Cache-Control").orElse(""))
        .matches("max-age=(60|5\\d)");
  }

  @OnEachJdk
  void head_ofAHandler_hasTheTagOfTheGet(Jdk jdk) {
    HttpResponse<String> get = server(jdk).get("/items/8");
    HttpResponse<String> head = server(jdk).send("HEAD", "/items/8", "");

    assertThat(get.headers().firstValue("ETag")).isPresent();
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    assertThat(head.body()).isEmpty();
  }

  @OnEachJdk
  void handler_thatSetsACookie_isRunEachTime(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/items/6/cookie");
    HttpResponse<String> second = server(jdk).get("/items/6/cookie");

    assertThat(second.body()).isNotEqualTo(first.body());
    for (HttpResponse<String> answer : List.of(first, second)) {
      assertThat(answer.headers().allValues("Set-Cookie"))
          .singleElement()
          .asString()
          .startsWith("seen=6");
      assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
          .doesNotContain("public")
          .doesNotContain("s-maxage");
    }
  }

  @OnEachJdk
  void handler_withoutTheAnnotation_isAnsweredAsBefore(Jdk jdk) {
    HttpResponse<String> answer = server(jdk).get("/items/7/plain");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map())
        .doesNotContainKeys("ETag", "Cache-Control", "Cache-Status", "Age");
  }
}
