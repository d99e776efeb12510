/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.e2e.Connection.Reply;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the facade and unsafe requests remove of a rule's responses, and what it counts. */
interface RemovalCases extends Shops {

  /** Requests for one URL that each have a response of their own. */
  List<List<String>> VARIANTS =
      List.of(
          List.of(),
          List.of("Accept-Language: de"),
          List.of("Accept-Language: fr"),
          List.of("X-Shelf: top"),
          List.of("Host: other.test"),
          List.of("Host: other.test:8080", "Accept-Language: de"),
          List.of("X-Forwarded-Proto: https"),
          List.of("X-Forwarded-Host: other.test", "X-Forwarded-Proto: https"));

  @OnEachJdk
  default void evictKey_ofAUrl_removesAllItsVariantsUnderEveryHost(Jdk jdk) {
    ServerApp shop = server(jdk);
    String path = "/shop/visitors/varied/a%20b?Vary=X-Shelf,%20Accept-Language&n=1";
    String neighbour = path.replace("n=1", "n=2");
    Map<List<String>, String> before = fill(shop, path);
    String other = stored(shop, neighbour);

    assertThat(remove(shop, "visitors", path)).isEqualTo(VARIANTS.size());

    before.forEach(
        (fields, body) -> {
          Reply after = Connection.get(shop, path, fields.toArray(String[]::new));
          assertThat(after.body()).as("%s", fields).isNotEqualTo(body);
          assertThat(after.larder()).contains("uri-miss").contains("stored");
          assertThat(remove(shop, "visitors", path)).as("%s", fields).isEqualTo(1);
        });
    assertThat(remove(shop, "visitors", path)).as("again").isZero();
    assertThat(remove(shop, "named", neighbour)).as("of another rule").isZero();
    assertThat(remove(shop, "nonesuch", neighbour)).as("of no rule").isZero();
    assertThat(Connection.get(shop, neighbour).body()).as("another query").isEqualTo(other);
  }

  /** Where only some parameters count, any request's path and query leads to what it is given. */
  @OnEachJdk
  default void evictKey_whereOnlySomeParametersCount_takesAnyRequestsUrl(Jdk jdk) {
    ServerApp shop = server(jdk);
    for (String asked : new String[] {"?id=1", "?id=1&from=mail", "?from=mail&id=1"}) {
      String body = stored(shop, "/shop/queried/plain?id=1&from=mail");
      assertThat(Connection.get(shop, "/shop/queried/plain?from=web&id=1").body()).isEqualTo(body);
      assertThat(remove(shop, "queried", "/shop/queried/plain" + asked)).as(asked).isEqualTo(1);
      assertThat(Connection.get(shop, "/shop/queried/plain?id=1").body()).isNotEqualTo(body);
      remove(shop, "queried", "/shop/queried/plain?id=1");
    }
    // A parameter that counts does so however its name is written, or it would fill another's
    // entry.
    String hidden = Connection.get(shop, "/shop/queried/echo?i%64=1").body();
    assertThat(Connection.get(shop, "/shop/queried/echo").body()).isNotEqualTo(hidden);
  }

  @OnEachJdk
  default void evictTagAndClear_ofARule_removeAllOfItAndNothingElse(Jdk jdk) {
    ServerApp shop = server(jdk);
    String elsewhere = stored(shop, "/shop/named/tagged");
    for (String removal : new String[] {"tag=people", "rule=visitors"}) {
      fill(shop, "/shop/visitors/tagged?Vary=X-Shelf,%20Accept-Language");
      String other = stored(shop, "/shop/visitors/tagged-too");
      assertThat(post(shop, removal)).as(removal).isGreaterThan(VARIANTS.size());
      assertThat(post(shop, removal)).as("%s again", removal).isZero();
      assertThat(Connection.get(shop, "/shop/visitors/tagged-too").body())
          .as(removal)
          .isNotEqualTo(other);
      assertThat(post(shop, "tag=nonesuch")).isZero();
    }
    assertThat(Connection.get(shop, "/shop/named/tagged").body()).isEqualTo(elsewhere);
  }

  /** What methods evict by annotation is also what is kept of whole responses under such a name. */
  @OnEachJdk
  default void evictionByAnnotation_ofARuleOrAServlet_removesItsResponses(Jdk jdk) {
    ServerApp shop = server(jdk);
    String[][] cases = {
      {"annotated=all", "/shop/visitors/evicted"},
      {"annotated=key&key=/shop/visitors/evicted", "/shop/visitors/evicted"},
      {"annotated=tag&tag=people", "/shop/visitors/evicted"},
      {"annotated=servlet", "/shop/annotated/evicted"}
    };
    String elsewhere = stored(shop, "/shop/named/evicted");
    for (String[] each : cases) {
      String before = stored(shop, each[1]);
      Connection.once(shop, "POST", "/shop/removal?" + each[0], "Content-Length: 0");
      assertThat(Connection.get(shop, each[1]).body()).as(each[0]).isNotEqualTo(before);
    }
    assertThat(Connection.get(shop, "/shop/named/evicted").body()).isEqualTo(elsewhere);
  }

  @OnEachJdk
  default void stats_ofARule_countItsRequests(Jdk jdk) {
    ServerApp shop = server(jdk);
    Map<String, Long> before = stats(shop);
    String path = "/shop/counted/plain";
    stored(shop, path); // a miss that loads and stores, and a hit
    Connection.once(shop, "HEAD", path);
    Connection.get(shop, path, "If-None-Match: *");
    Connection.get(shop, path, "Cookie: a=b");
    Connection.get(shop, "/shop/counted/plain?Cache-Control=no-store");
    assertThat(remove(shop, "counted", path)).isEqualTo(1);

    Map<String, Long> after = stats(shop);
    after.replaceAll((name, value) -> value - before.get(name));
    assertThat(after)
        .containsExactly(
            Map.entry("hits", 3L),
            Map.entry("misses", 2L),
            Map.entry("bypassed", 1L),
            Map.entry("stale", 0L),
            Map.entry("loads", 2L),
            Map.entry("stores", 1L),
            Map.entry("removals", 1L),
            Map.entry("entries", 0L));
  }

  @OnEachJdk
  default void unsafeRequest_thatWentWell_removesItsUrlAndThoseItNames(Jdk jdk) {
    ServerApp shop = server(jdk);
    String own = "/shop/visitors/own?x=1";
    String other = "/shop/visitors/other";
    String[][] cases = {
      // what goes, method, what it answers
      {"own", "POST"},
      {"", "PUT"}, // which the servlet answers with 405
      {"own other", "POST", "X-Answer-Status: 201", "X-Answer-Location: " + other},
      {"own other", "POST", "X-Answer-Status: 303", "X-Answer-Location: other"},
      {"own other", "POST", "X-Answer-Content-Location: http://shop.test" + other},
      {
        "own other",
        "POST",
        "X-Answer-Location: https://public.test" + other,
        "X-Forwarded-Host: public.test",
        "X-Forwarded-Proto: https"
      },
      {
        "own",
        "POST",
        "X-Answer-Location: https://foreign.test" + other,
        "X-Forwarded-Host: public.test",
        "X-Forwarded-Proto: https"
      },
      {"own", "POST", "X-Answer-Location: http://foreign.test" + other},
      {"own", "POST", "X-Answer-Location: https://shop.test" + other},
      {"own", "POST", "X-Answer-Location: http://shop.test:81" + other},
      {"own", "POST", "X-Answer-Location: http://[broken"},
      {"own", "POST", "X-Answer-Location: mailto:shop@shop.test"},
      {"", "POST", "X-Answer-Status: 404", "X-Answer-Location: " + other},
      {"", "POST", "X-Answer-Status: 500", "X-Answer-Location: " + other}
    };
    for (String[] each : cases) {
      String what = List.of(each).toString();
      String ownBody = stored(shop, own);
      String foreignBody = stored(shop, own, "Host: foreign.test");
      String otherBody = stored(shop, other);
      List<String> fields = new ArrayList<>(List.of(each).subList(2, each.length));
      fields.add("Content-Length: 0");

      Connection.once(shop, each[1], own, fields.toArray(String[]::new));

      boolean gone = each[0].contains("own");
      assertKept(shop, own, ownBody, !gone, what);
      assertKept(shop, other, otherBody, !each[0].contains("other"), what);
      // Another host's response to the same URL goes with it: that costs one run.
      assertThat(Connection.get(shop, own, "Host: foreign.test").body().equals(foreignBody))
          .as(what)
          .isEqualTo(!gone);
      post(shop, "rule=visitors");
    }
  }

  /** Wherever the request goes, and whichever rule or servlet keeps what it names. */
  @OnEachJdk
  default void unsafeRequest_toAnyPath_removesWhatItNames(Jdk jdk) {
    ServerApp shop = server(jdk);
    for (String kept : new String[] {"/shop/visitors/elsewhere?x=1", "/shop/annotated/elsewhere"}) {
      for (String path :
          new String[] {
            "/shop/account/of-no-rule", "/shop/unstored/x", "/shop/named/x", "/shop/annotated/x"
          }) {
        for (String name : new String[] {"Location", "Content-Location"}) {
          String what = name + " of " + path;
          String before = stored(shop, kept);
          postTo(shop, path, "X-Answer-Status: 404", "X-Answer-" + name + ": " + kept);
          assertKept(shop, kept, before, true, "404, " + what);
          postTo(shop, path, "X-Answer-" + name + ": http://foreign.test" + kept);
          assertKept(shop, kept, before, true, "foreign " + what);
          postTo(shop, path, "X-Answer-" + name + ": " + kept);
          assertKept(shop, kept, before, false, what);
        }
      }
    }
    String own = stored(shop, "/shop/annotated/own");
    postTo(shop, "/shop/annotated/own");
    assertKept(shop, "/shop/annotated/own", own, false, "its own");
  }

  private static void postTo(ServerApp shop, String path, String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Content-Length: 0");
    Connection.once(shop, "POST", path, all.toArray(String[]::new));
  }

  /** Whoever has the answer asks for what has changed, though the request has not ended. */
  @OnEachJdk
  default void unsafeRequest_whoseAnswerIsThereBeforeItsEnd_hasRemovedItsUrlByThen(Jdk jdk) {
    ServerApp shop = server(jdk);
    String path = "/shop/named/posted-early";
    String before = stored(shop, path);
    String answer = shop.raw(posted(path, "flushed"), "posted");
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertKept(shop, path, before, false, "after " + answer);
    postTo(shop, "/shop/named/gate?open=1");
  }

  /** What is stored while it is under way may be older than what it does. */
  @OnEachJdk
  default void unsafeRequest_thatIsAsynchronous_removesItsUrlAtItsEnd(Jdk jdk) throws Exception {
    ServerApp shop = server(jdk);
    for (String how : new String[] {"async-body", "async", "async-dispatch"}) {
      String path = "/shop/named/posted-" + how;
      String before;
      try (Socket socket = shop.connect()) {
        socket.getOutputStream().write(posted(path, how).getBytes(StandardCharsets.US_ASCII));
        before = stored(shop, path);
        postTo(shop, "/shop/named/gate?open=1");
        assertThat(socket.getInputStream().read()).as(how).isEqualTo('H');
        if (how.equals("async-body")) {
          assertKept(shop, path, before, false, how);
        }
      }
      // Without a body it is the container's end that tells.
      await(how).until(() -> !Connection.get(shop, path).body().equals(before));
    }
  }

  private static String posted(String path, String how) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 0\r\nX-Answer-How: "
        + how
        + "\r\n\r\n";
  }

  private static void assertKept(
      ServerApp shop, String path, String body, boolean kept, String what) {
    Reply now = Connection.get(shop, path);
    assertThat(now.body().equals(body)).as("%s of %s: %s", path, what, now).isEqualTo(kept);
  }

  private static Map<List<String>, String> fill(ServerApp shop, String path) {
    Map<List<String>, String> bodies = new LinkedHashMap<>();
    for (List<String> fields : VARIANTS) {
      bodies.put(fields, stored(shop, path, fields.toArray(String[]::new)));
    }
    assertThat(bodies.values()).doesNotHaveDuplicates();
    bodies.forEach(
        (fields, body) ->
            assertThat(Connection.get(shop, path, fields.toArray(String[]::new)).body())
                .as("%s, beside the others", fields)
                .isEqualTo(body));
    return bodies;
  }

  /** What a URL is answered from the store, into which it is put first. */
  private static String stored(ServerApp shop, String path, String... fields) {
    Reply first = Connection.get(shop, path, fields);
    Reply second = Connection.get(shop, path, fields);
    assertThat(second.isHit()).as("%s %s: %s", path, List.of(fields), second).isTrue();
    assertThat(second.body()).isEqualTo(first.body());
    return second.body();
  }

  private static long remove(ServerApp shop, String rule, String key) {
    return post(shop, "rule=" + rule + "&key=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  private static long post(ServerApp shop, String removal) {
    Reply reply = Connection.once(shop, "POST", "/shop/removal?" + removal, "Content-Length: 0");
    assertThat(reply.status()).isEqualTo(200);
    return Long.parseLong(reply.body());
  }

  private static Map<String, Long> stats(ServerApp shop) {
    Map<String, Long> stats = new LinkedHashMap<>();
    for (String figure : Connection.get(shop, "/shop/removal?rule=counted").body().split(" ")) {
      String[] parts = figure.split("=");
      stats.put(parts[0], Long.valueOf(parts[1]));
    }
    return stats;
  }
}
