/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Web applications, on two JDKs, whose stored answers are in one Redis. */
@ExtendWith(Servers.class)
@TestInstance(Lifecycle.PER_CLASS)
class HttpRemoteIT {

  private static final List<Jdk> JDKS = Jdk.all().toList();

  private static final String RULES =
      """
      http.backend = redis
      http.timeout = 2s
      http.store = 60s
      http.near.paths = /stored/near/**
      http.near.l1.ttl = 1h
      http.near.tags = shelf
      http.beside.paths = /stored/beside/**
      http.beside.backend = memcached
      http.beside.l1.ttl = 1h
      http.beside.tags = shelf
      http.months.paths = /stored/months/**
      http.months.store = 90d
      http.fleet.paths = /stored/held/**
      http.fleet.single-flight = cluster
      http.stored.paths = /stored/**
      """;

  private static final Pattern STATUS = Pattern.compile("\r\nCache-Status: ([^\r]*)");

  private static final Pattern GETS = Pattern.compile("cmdstat_m?get:calls=(\\d+)");

  private final RedisServer redis;
  private final MemcachedServer memcached;
  private ServerApp one;
  private ServerApp other;

  HttpRemoteIT(RedisServer redis, MemcachedServer memcached) {
    this.redis = redis;
    this.memcached = memcached;
  }

  private ServerApp start(String uri, Jdk jdk) {
    String where =
        String.format(
            "redis.uri = %s\nmemcached.servers = %s:%d\nprefix = responses\n",
            uri, memcached.host(), memcached.port());
    return ServerApp.start(
        Container.TOMCAT_10
            .running("servlet", "/shop")
            .file("larder.properties", RULES + where)
            .agent(),
        jdk);
  }

  @BeforeAll
  void startBoth() {
    one = start(redis.uri(), JDKS.get(0));
    other = start(redis.uri(), JDKS.get(JDKS.size() - 1));
    for (String rule : List.of("", "near/", "beside/")) {
      awaitConnected(one, "/shop/stored/" + rule + "one");
      awaitConnected(other, "/shop/stored/" + rule + "other");
    }
  }

  @AfterAll
  void endBoth() {
    for (ServerApp each : new ServerApp[] {one, other}) {
      if (each != null) {
        each.close();
      }
    }
  }

  /** All requests name the same host, as behind a balancer: it is a part of the key. */
  @Test
  void answer_storedByOneJvm_isServedAndRemovedByTheOther() {
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

  @Test
  void answer_keptNear_isReadFromRedisOnce() {
    near(one, "/shop/stored/near/a");
    redis.command("CONFIG", "RESETSTAT");

    for (int i = 0; i < 50; i++) {
      assertThat(status(one.wire("GET", "/shop/stored/near/a"))).startsWith("larder; hit");
    }

    String stats = new String((byte[]) redis.command("INFO", "commandstats"), ISO_8859_1);
    assertThat(stats).doesNotContain("cmdstat_mget").doesNotContain("cmdstat_get:");
  }

  @Test
  void answer_thatLastsForMonths_isKeptForMonths() {
    assertThat(status(one.wire("GET", "/shop/stored/months/a"))).contains("; stored; ");

    List<?> keys = (List<?>) redis.command("KEYS", "responses:months:*");

    assertThat(keys)
        .anySatisfy(
            key ->
                assertThat((Long) redis.command("PTTL", key))
                    .isBetween(DAYS.toMillis(89), DAYS.toMillis(90)));
  }

  /** By key, tag, rule and a POST. */
  @Test
  void answer_keptNear_goesAtOnceHereAndSoonThereOnceItIsRemoved() {
    for (String removal :
        List.of(
            "/shop/removal?rule=near&key=/shop/stored/near/b",
            "/shop/removal?tag=shelf",
            "/shop/removal?rule=near",
            "/shop/stored/near/b")) {
      near(one, "/shop/stored/near/b");
      near(other, "/shop/stored/near/b");

      assertThat(one.send("POST", removal, "").statusCode()).isIn(200, 204);

      String anew = one.wire("GET", "/shop/stored/near/b");
      assertThat(status(anew)).as(removal).startsWith("larder; fwd=uri-miss; stored");
      await()
          .atMost(2, SECONDS)
          .pollInterval(1, MILLISECONDS)
          .untilAsserted(
              () ->
                  assertThat(other.wire("GET", "/shop/stored/near/b"))
                      .as(removal)
                      .endsWith(body(anew)));
    }
  }

  /** Memcached tells of nothing, and here an answer is near for an hour. */
  @Test
  void answer_keptNearOfMemcached_goesAtOnceFromTheJvmThatRemovesIt() {
    for (String removal :
        List.of(
            "/shop/removal?rule=beside&key=/shop/stored/beside/b",
            "/shop/removal?tag=shelf",
            "/shop/removal?rule=beside",
            "/shop/stored/beside/b")) {
      near(one, "/shop/stored/beside/b");

      assertThat(one.send("POST", removal, "").statusCode()).isIn(200, 204);

      assertThat(status(one.wire("GET", "/shop/stored/beside/b")))
          .as(removal)
          .startsWith("larder; fwd=uri-miss; stored");
    }
  }

  @Test
  void coldUrl_inTheFleet_isFilledOnce() throws Exception {
    CompletableFuture<String> leader =
        CompletableFuture.supplyAsync(() -> one.wire("GET", "/shop/stored/held/a"));
    await().atMost(20, SECONDS).until(() -> redis.command("EXISTS", leaseKey()).equals(1L));
    redis.command("CONFIG", "RESETSTAT");
    CompletableFuture<String> follower =
        CompletableFuture.supplyAsync(() -> other.wire("GET", "/shop/stored/held/a"));
    await().atMost(20, SECONDS).until(() -> lookUps() > 3);

    assertThat(one.send("POST", "/shop/release", "").statusCode()).isEqualTo(204);

    assertThat(status(leader.get(20, SECONDS))).isEqualTo("larder; fwd=uri-miss; stored; ttl=60");
    assertThat(status(follower.get(20, SECONDS))).startsWith("larder; fwd=uri-miss; collapsed");
    assertThat(body(follower.get())).isEqualTo(body(leader.get()));
  }

  @OnEachJdk
  void backend_thatIsNotThere_leavesTheAnswersToTheApplication(Jdk jdk) {
    try (ServerApp alone = start("redis://127.0.0.1:1", jdk)) {
      HttpResponse<String> first = alone.get("/shop/stored/a");
      HttpResponse<String> second = alone.get("/shop/stored/a");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.body()).isEqualTo("/a run 1");
      assertThat(second.body()).isEqualTo("/a run 2");
      assertThat(status(second)).doesNotContain("hit").doesNotContain("stored");
    }
  }

  /** Has a JVM serve an answer until it is near. */
  private static void near(ServerApp server, String path) {
    server.wire("GET", path);
    server.wire("GET", path);
    assertThat(status(server.wire("GET", path))).startsWith("larder; hit");
  }

  /** The key of the one lease that there is; "" for none. */
  private String leaseKey() {
    for (Object key : (List<?>) redis.command("KEYS", "responses:*!lease:*")) {
      return new String((byte[]) key, ISO_8859_1);
    }
    return "";
  }

  /** How often values were asked for since the counters were reset. */
  private long lookUps() {
    String stats = new String((byte[]) redis.command("INFO", "commandstats"), ISO_8859_1);
    Matcher calls = GETS.matcher(stats);
    long all = 0;
    while (calls.find()) {
      all += Long.parseLong(calls.group(1));
    }
    return all;
  }

  private static void awaitConnected(ServerApp server, String path) {
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () -> assertThat(status(server.wire("GET", path))).startsWith("larder; hit"));
  }

  private static void remove(ServerApp server, String query) {
    assertThat(server.send("POST", "/shop/removal?" + query, "").statusCode()).isEqualTo(200);
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
