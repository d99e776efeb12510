/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;

/** What Larder makes of one web application's answers, whichever container runs it. */
abstract class HttpServletCases extends CorpusCases
    implements NeverSharedCases,
        CertificateCases,
        LeakCases,
        ConditionalCases,
        RemovalCases,
        StreamCases,
        AsyncCases,
        HostileCases,
        FaultyClientCases,
        Http2Cases {

  HttpServletCases(Container container) {
    super(container);
  }

  @OnEachJdk
  void answer_ofAMatchedPath_hasTagAndTheRulesCacheControl(Jdk jdk) {
    HttpResponse<String> answer = server(jdk).get("/shop/plain/a");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("plain, with an ä, at /a");
    assertThat(field(answer, "ETag")).matches("W/\"[^\"]+\"");
    assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=60");
    assertThat(field(answer, "Cache-Status")).isEqualTo("larder; fwd=bypass");
    assertThat(field(answer, "X-Shop")).isEqualTo("pantry");
    assertThat(field(server(jdk).get("/shop/plain/a"), "ETag")).isEqualTo(field(answer, "ETag"));
    assertThat(field(server(jdk).get("/shop/plain/b"), "ETag")).isNotEqualTo(field(answer, "ETag"));
  }

  @OnEachJdk
  void ifNoneMatch_weakOrInAListOrAny_gets304WithoutABody(Jdk jdk) {
    String tag = field(server(jdk).get("/shop/plain/a"), "ETag");
    String strong = tag.substring("W/".length());

    for (String sent : new String[] {tag, strong, "\"x\", " + tag + ", W/\"y\"", "*"}) {
      HttpResponse<String> answer = server(jdk).get("/shop/plain/a", "If-None-Match", sent);
      assertThat(answer.statusCode()).as("If-None-Match: %s", sent).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(field(answer, "ETag")).isEqualTo(tag);
      assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=60");
    }
    HttpResponse<String> severalLines =
        server(jdk).get("/shop/plain/a", "If-None-Match", "\"x\"", "If-None-Match", tag);
    assertThat(severalLines.statusCode()).isEqualTo(304);
    HttpResponse<String> other = server(jdk).get("/shop/plain/a", "If-None-Match", "\"x\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo("plain, with an ä, at /a");
  }

  @OnEachJdk
  void head_ofAMatchedPath_hasTheValidatorOfTheGet(Jdk jdk) {
    HttpResponse<String> get = server(jdk).get("/shop/plain/a");
    HttpResponse<String> head = server(jdk).send("HEAD", "/shop/plain/a", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(field(head, "ETag")).isEqualTo(field(get, "ETag"));
    assertThat(field(head, "Cache-Control")).isEqualTo(field(get, "Cache-Control"));
  }

  @OnEachJdk
  void answer_withTheApplicationsOwnFields_keepsThem(Jdk jdk) {
    HttpResponse<String> tagged = server(jdk).get("/shop/plain/tagged");
    assertThat(tagged.headers().allValues("ETag")).containsExactly("\"the application's\"");
    assertThat(tagged.headers().allValues("Cache-Control")).containsExactly("max-age=5");
    assertThat(
            server(jdk)
                .get("/shop/plain/tagged", "If-None-Match", "\"the application's\"")
                .statusCode())
        .isEqualTo(304);

    HttpResponse<String> noStore = server(jdk).get("/shop/plain/guarded");
    assertThat(noStore.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(noStore.headers().firstValue("ETag")).isEmpty();
  }

  @OnEachJdk
  void secondRequest_ofAStoredPath_isAHitBehindTheFilters(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/shop/stored/hit?size=2");
    HttpResponse<String> second = server(jdk).get("/shop/stored/hit?size=2");

    assertThat(field(first, "Cache-Status")).isEqualTo("larder; fwd=uri-miss; stored; ttl=60");
    assertThat(first.headers().firstValue("Age")).isEmpty();
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(field(second, "Cache-Status")).matches("larder; hit; ttl=(60|5\\d)");
    assertThat(Long.parseLong(field(second, "Age"))).isBetween(0L, 10L);
    assertThat(field(second, "ETag")).isEqualTo(field(first, "ETag"));
    assertThat(field(second, "Content-Type")).isEqualTo(field(first, "Content-Type"));
    assertThat(field(second, "X-Shop")).isEqualTo("pantry");
    assertThat(second.headers().allValues("X-Passed"))
        .as("the filter's field: made anew, and once")
        .hasSize(1)
        .isNotEqualTo(first.headers().allValues("X-Passed"));
    assertThat(server(jdk).get("/shop/stored/hit?size=3").body())
        .as("another query is another answer")
        .isNotEqualTo(first.body());

    HttpResponse<String> unchanged =
        server(jdk).get("/shop/stored/hit?size=2", "If-None-Match", field(first, "ETag"));
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(field(unchanged, "Cache-Status")).startsWith("larder; hit");
    HttpResponse<String> head = server(jdk).send("HEAD", "/shop/stored/hit?size=2", "");
    assertThat(field(head, "Cache-Status")).startsWith("larder; hit");
    assertThat(field(head, "ETag")).isEqualTo(field(first, "ETag"));
  }

  @OnEachJdk
  void unsafeRequest_toAStoredPath_forgetsIt(Jdk jdk) {
    String first = server(jdk).get("/shop/stored/posted").body();
    assertThat(server(jdk).get("/shop/stored/posted").body()).isEqualTo(first);

    assertThat(server(jdk).send("POST", "/shop/stored/posted", "x").statusCode()).isEqualTo(204);

    assertThat(server(jdk).get("/shop/stored/posted").body()).isNotEqualTo(first);
  }

  @OnEachJdk
  void doGet_withTheAnnotation_isStored(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/shop/annotated/a");
    HttpResponse<String> second = server(jdk).get("/shop/annotated/a");

    assertThat(field(first, "Cache-Status")).isEqualTo("larder; fwd=uri-miss; stored; ttl=90");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(field(second, "Cache-Status")).startsWith("larder; hit; ttl=");
    assertThat(second.headers().firstValue("Age")).isPresent();
    assertThat(field(first, "Cache-Control")).isEqualTo("max-age=90");
    assertThat(field(second, "Cache-Control")).matches("max-age=(90|8\\d)");
    assertThat(
            server(jdk)
                .get("/shop/annotated/a", "If-None-Match", field(first, "ETag"))
                .statusCode())
        .isEqualTo(304);
    assertThat(server(jdk).get("/shop/annotated/b").body()).isNotEqualTo(first.body());

    HttpResponse<String> head = server(jdk).send("HEAD", "/shop/annotated/c", "");
    assertThat(field(head, "ETag")).as("the tag of a HEAD that came first").isNotEmpty();
  }

  @OnEachJdk
  void doGet_withTheAnnotation_underARuleThatStoresNothing_isStoredAndSaysWhatThatSays(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/shop/annotated/said/a");
    HttpResponse<String> second = server(jdk).get("/shop/annotated/said/a");

    assertThat(field(first, "Cache-Status")).isEqualTo("larder; fwd=uri-miss; stored; ttl=90");
    assertThat(field(first, "Cache-Control")).isEqualTo("public, max-age=20");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(field(second, "Cache-Status")).startsWith("larder; hit; ttl=");

    server(jdk).send("POST", "/shop/annotated/said/a", "x");

    assertThat(server(jdk).get("/shop/annotated/said/a").body()).isNotEqualTo(first.body());
  }

  /** Jetty calls one that is not said to answer asynchronously by a servlet of its own. */
  @OnEachJdk
  void doGet_ofAServletBehindAnother_isStoredWhereItIsHandedTheCallAsItIs(Jdk jdk) {
    for (String path : new String[] {"/shop/synchronous/a", "/shop/around/as-it-is/a"}) {
      HttpResponse<String> first = server(jdk).get(path);
      HttpResponse<String> second = server(jdk).get(path);

      assertThat(field(first, "Cache-Status"))
          .as(path)
          .isEqualTo("larder; fwd=uri-miss; stored; ttl=90");
      assertThat(second.body()).as(path).isEqualTo(first.body());
      assertThat(field(second, "Cache-Status")).as(path).startsWith("larder; hit; ttl=");
      HttpResponse<String> head = server(jdk).send("HEAD", path + "/head", "");
      assertThat(field(head, "ETag")).as(path).isNotEmpty();

      server(jdk).send("POST", path, "x");

      assertThat(server(jdk).get(path).body()).as(path).isNotEqualTo(first.body());
    }
    String part = server(jdk).get("/shop/around/in-part").body();
    assertThat(part).startsWith("/part run ");
    assertThat(server(jdk).get("/shop/around/in-part").body()).isNotEqualTo(part);
  }

  @OnEachJdk
  void doGet_thatOverridesAnAnnotatedOne_isNotStored(Jdk jdk) {
    String first = server(jdk).get("/shop/overriding/a").body();
    assertThat(server(jdk).get("/shop/overriding/a").body()).isNotEqualTo(first);
  }

  @OnEachJdk
  void answer_thatNoRuleMatches_isByteForByteWhatItIsWithoutTheAgent(Jdk jdk) {
    for (String path :
        new String[] {
          "/a",
          "/length",
          "/flushed",
          "/tagged",
          "/guarded",
          "/failing/x",
          "/failing/sent",
          "/failing/redirected"
        }) {
      for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
        assertThat(undated(server(jdk).wire(method, "/shop/unmatched" + path)))
            .as("%s %s", method, path)
            .startsWith("HTTP/1.1 ")
            .isEqualTo(undated(withoutAgent(jdk).wire(method, "/shop/unmatched" + path)));
      }
    }
  }

  @OnEachJdk
  void failure_onAMatchedPath_isTheContainersOwnAnswer(Jdk jdk) {
    for (String path : new String[] {"/sent", "/late", "/thrown", "/redirected", "/none"}) {
      assertThat(plain(server(jdk).wire("GET", "/shop/failing" + path)))
          .as(path)
          .isEqualTo(plain(withoutAgent(jdk).wire("GET", "/shop/failing" + path)));
    }
  }

  /** Also where Servlet 6.1 lets the application name the status. */
  @OnEachJdk
  void redirect_withAStatusOfItsOwn_leadsTheSameWayEachTime(Jdk jdk) {
    for (String path : new String[] {"/shop/visitors/moved", "/shop/edge/moved"}) {
      for (int i = 0; i < 2; i++) {
        String answer = server(jdk).wire("GET", path);
        assertThat(answer).as(path).startsWith("HTTP/1.1 301 ");
        assertThat(answer).as(path).containsPattern("\r\nLocation: [^\r]*/shop/elsewhere\r\n");
      }
    }
  }

  /** What was written before the forward is no part of the answer. */
  @OnEachJdk
  void answer_forwardedAfterSomethingWasWritten_isTaggedAndStored(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/shop/kept/dispatch/again?stored");
    HttpResponse<String> second = server(jdk).get("/shop/kept/dispatch/again?stored");
    assertThat(field(first, "Cache-Status")).contains("stored");
    assertThat(field(second, "Cache-Status")).contains("hit");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(field(second, "ETag")).isEqualTo(field(first, "ETag"));
  }

  /** Caches on the way keep the answer, whether Larder does or not. */
  @OnEachJdk
  void answer_thatIsNotStored_saysWhichFieldsItWasMadeBy(Jdk jdk) {
    assertThat(server(jdk).get("/shop/unstored/languages").headers().allValues("Vary").toString())
        .contains("Accept-Language");
    assertThat(server(jdk).get("/shop/unstored/plain").headers().allValues("Vary").toString())
        .doesNotContain("Accept-Language");
  }

  @OnEachJdk
  void answer_flushedOnAMatchedPath_isWhole(Jdk jdk) {
    HttpResponse<String> answer = server(jdk).get("/shop/plain/flushed");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("first part, second part");
    assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=60");
  }

  @OnEachJdk
  void answer_thatIsPersonal_isNeitherStoredNorPublic(Jdk jdk) {
    HttpResponse<String> first = server(jdk).get("/shop/personal/cookie");
    assertThat(field(first, "Set-Cookie")).startsWith("basket=7");
    assertPersonal(first);
    assertThat(server(jdk).get("/shop/personal/cookie").body()).isNotEqualTo(first.body());

    HttpResponse<String> opened = server(jdk).get("/shop/personal/session");
    assertPersonal(opened);
    String session = field(opened, "Set-Cookie").replaceFirst(";.*", "");
    HttpResponse<String> read = server(jdk).get("/shop/personal/read", "Cookie", session);
    HttpResponse<String> again = server(jdk).get("/shop/personal/read", "Cookie", session);
    assertPersonal(read);
    assertThat(again.body()).isNotEqualTo(read.body());
    assertThat(server(jdk).get("/shop/personal/read").body())
        .as("without the session")
        .isNotEqualTo(read.body())
        .isNotEqualTo(again.body());
  }

  private static void assertPersonal(HttpResponse<String> answer) {
    assertThat(field(answer, "Cache-Control")).contains("private").doesNotContain("public");
    assertThat(field(answer, "Cache-Status")).doesNotContain("stored").doesNotContain("hit");
  }

  @OnEachJdk
  void eventStream_onAMatchedPath_bringsEachEventWhenItIsWritten(Jdk jdk) throws IOException {
    HttpResponse<InputStream> answer = server(jdk).stream("/shop/events");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKeys("ETag", "Cache-Control");
    try (BufferedReader events = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      assertThat(events.readLine()).isEqualTo("data: first");
      assertThat(events.readLine()).isEmpty();
      assertThat(server(jdk).send("POST", "/shop/go", "x").statusCode()).isEqualTo(204);
      assertThat(events.readLine()).isEqualTo("data: second");
    }
  }

  /** Chunk for chunk, where a rule matches it and where none does. */
  @OnEachJdk
  void eventStream_whereverItIs_isByteForByteWhatItIsWithoutTheAgent(Jdk jdk) {
    for (String path : new String[] {"/shop/events", "/shop/unmatched/events"}) {
      assertThat(plain(eventsAtOnce(server(jdk), path)))
          .as(path)
          .contains("data: second")
          .isEqualTo(plain(eventsAtOnce(withoutAgent(jdk), path)));
    }
  }

  private static String eventsAtOnce(ServerApp server, String path) {
    assertThat(server.send("POST", "/shop/go", "x").statusCode()).isEqualTo(204);
    return server.wire("GET", path);
  }

  @OnEachJdk
  void answer_ofAnotherThread_isWholeAndHasATag(Jdk jdk) {
    HttpResponse<String> given = server(jdk).get("/shop/async/given");
    assertThat(given.statusCode()).isEqualTo(200);
    assertThat(given.body()).matches("async, run \\d+");
    assertThat(field(given, "ETag")).isNotEmpty();
    assertThat(field(given, "Cache-Control")).isEqualTo("public, max-age=60");
    HttpResponse<String> second = server(jdk).get("/shop/async/given");
    assertThat(second.body()).isEqualTo(given.body());
    assertThat(field(second, "Cache-Status")).startsWith("larder; hit");

    HttpResponse<String> own = server(jdk).get("/shop/async/own");
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.body()).matches("async, run \\d+");
  }

  @OnEachJdk
  void agent_inAContainer_saysNothingButItsOneLine(Jdk jdk) {
    server(jdk).get("/shop/stored/quiet");

    assertThat(server(jdk).errors().stream().filter(line -> line.startsWith("[larder]")))
        .singleElement()
        .asString()
        .startsWith("[larder] Larder");
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer
        .headers()
        .firstValue(name)
        .orElseThrow(
            () ->
                new AssertionError(
                    "no " + name + " in " + answer.statusCode() + " " + answer.headers().map()));
  }

  private static String undated(String wire) {
    return wire.replaceFirst("\r\nDate: [^\r]*", "");
  }

  /** Without what differs from run to run, and without Larder's word on what happened. */
  private static String plain(String wire) {
    String answer =
        undated(wire)
            .replaceFirst("\r\nX-Passed: [^\r]*", "")
            .replaceFirst("\r\nCache-Status: [^\r]*", "");
    String traced = answer.replaceAll("\tat org\\.eclipse\\.jetty\\.(io|util)\\.[^\n]*\n", "");
    // A trace that Jetty shows ends in whichever of its threads has happened to take the request.
    return traced.equals(answer) ? answer : traced.replaceFirst("\r\nContent-Length: \\d+", "");
  }
}
