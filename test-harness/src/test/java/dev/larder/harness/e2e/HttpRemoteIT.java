/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Web applications whose stored answers are in one Redis. */
@ExtendWith(Servers.class)
class HttpRemoteIT {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  private static final String RULES =
      """
      http.stored.paths = /stored/**
      http.stored.store = 60s
      http.stored.backend = redis
      http.stored.timeout = 2s
      """;

  private static final Pattern STATUS = Pattern.compile("\r\nCache-Status: ([^\r]*)");

  private final RedisServer redis;

  HttpRemoteIT(RedisServer redis) {
    this.redis = redis;
  }

  private static ServerApp start(String uri) {
    return ServerApp.start(
        Container.TOMCAT_10
            .running("servlet", "/shop")
            .file("larder.properties", RULES + "redis.uri = " + uri + "\nprefix = responses\n")
            .agent(),
        JDK);
  }

  /** All requests name the same host, as behind a balancer: it is a part of the key. */
  @Test
  void answer_storedByOneJvm_isServedAndRemovedByTheOther() {
    try (ServerApp one = start(redis.uri());
        ServerApp other = start(redis.uri())) {
      awaitConnected(one, "/shop/stored/one");
      awaitConnected(other, "/shop/stored/other");

      String first = one.wire("GET", "/shop/stored/a");
      assertThat(status(first)).isEqualTo("larder; fwd=uri-miss; stored; ttl=60");
      String second = other.wire("GET", "/shop/stored/a");
      assertThat(status(second)).startsWith("larder; hit");
      assertThat(body(second)).isEqualTo(body(first)).contains("/a run ");
      assertThat(second).contains("\r\nX-Shop: pantry\r\n");
      one.wire("GET", "/shop/stored/b");

      remove(other, "rule=stored&key=/shop/stored/a");
      assertThat(status(one.wire("GET", "/shop/stored/a")))
          .startsWith("larder; fwd=uri-miss; stored");
      assertThat(status(one.wire("GET", "/shop/stored/b")))
          .as("another path")
          .startsWith("larder; hit");

      remove(one, "rule=stored");
      assertThat(status(other.wire("GET", "/shop/stored/b")))
          .startsWith("larder; fwd=uri-miss; stored");
    }
  }

  @Test
  void backend_thatIsNotThere_leavesTheAnswersToTheApplication() {
    try (ServerApp alone = start("redis://127.0.0.1:1")) {
      HttpResponse<String> first = alone.get("/shop/stored/a");
      HttpResponse<String> second = alone.get("/shop/stored/a");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.body()).isEqualTo("/a run 1");
      assertThat(second.body()).isEqualTo("/a run 2");
      assertThat(status(second)).doesNotContain("hit").doesNotContain("stored");
    }
  }

  private static void awaitConnected(ServerApp server, String path) {
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () -> assertThat(status(server.wire("GET", path))).startsWith("larder; hit"));
  }

  private static void remove(ServerApp server, String query) {
    assertThat(server.send("POST", "/shop/removal?" + query, "").statusCode()).isEqualTo(204);
  }

  private static String status(HttpResponse<?> answer) {
    return answer.headers().firstValue("Cache-Status").orElseThrow();
  }

  private static String status(String wire) {
    Matcher field = STATUS.matcher(wire);
    assertThat(field.find()).as(wire).isTrue();
    return field.group(1);
  }

  private static String body(String wire) {
    return wire.substring(wire.indexOf("\r\n\r\n") + 4);
  }
}
