/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.http.Wire.Reply;
import dev.larder.http.message.CacheControl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in every container, of either servlet API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerContract {

  private static final String[] ADDED = {"etag", "cache-control", "vary", "cache-status"};

  private static final String[] FRAMING = {"content-length", "transfer-encoding"};

  private static String[] with(String[] some, String[] others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  private Server bareServer;
  private Server server;
  private HttpAgent agent;
  private int bare;
  int port;

  abstract Server server() throws Exception;

  @BeforeAll
  void start() throws Exception {
    agent =
        new HttpAgent(
            new HttpConfig(
                List.of(
                    Rule.named("strong").paths("/writer").etag(Rule.Etag.STRONG).build(),
                    Rule.named("plain")
                        .paths("/handler, /handler-new, /handler-last, /handler-stale")
                        .etag(Rule.Etag.OFF)
                        .build(),
                    Rule.named("kept")
                        .paths("/kept/**")
                        .store(Duration.ofSeconds(60))
                        .cacheControl("public, max-age=20")
                        .build(),
                    Rule.named("edge")
                        .paths("/edge/**")
                        .store(Duration.ofSeconds(60))
                        .edge(true)
                        .cookies("ignore")
                        .build(),
                    Rule.named("framed")
                        .paths("/framed/**")
                        .store(Duration.ofSeconds(60))
                        .cacheControl("public, max-age=20")
                        .override(true)
                        .build(),
                    Rule.named("soon")
                        .paths("/soon/**")
                        .store(Duration.ofMillis(1))
                        .staleWhileRevalidate(Duration.ofMillis(20))
                        .staleIfError(Duration.ofMinutes(1))
                        .build(),
                    Rule.named("stripped")
                        .paths("/stripped/**")
                        .store(Duration.ofSeconds(60))
                        .cacheControl("public, max-age=20, s-maxage=30")
                        .setCookie(Rule.SetCookie.STRIP)
                        .build(),
                    Rule.named("once").paths("/once/**").store(Duration.ofMillis(1)).build(),
                    stale("while-run").staleWhileRevalidate(Duration.ofMinutes(1)).build(),
                    stale("edge-while-run")
                        .edge(true)
                        .staleWhileRevalidate(Duration.ofMinutes(1))
                        .build(),
                    stale("if-error").staleIfError(Duration.ofMinutes(1)).build(),
                    stale("edge-if-error").edge(true).staleIfError(Duration.ofMinutes(1)).build(),
                    Rule.named("rfc").paths("/rfc/**").storeRfc().cookies("ignore").build(),
                    Rule.named("all")
                        .paths("/**")
                        .cacheControl("public, max-age=60, s-maxage=90")
                        .build()),
                Rule.named("http").build(),
                true),
            new ResponseStores(rule -> new MemoryShelf(new MemoryStores(), 1_000, Long.MAX_VALUE)));
    bareServer = server();
    bare = bareServer.start(null);
    server = server();
    port = server.start(agent);
  }

  /** What is stored under such a rule is stale at once, but within the window that follows. */
  private static Rule.Builder stale(String name) {
    return Rule.named(name)
        .paths("/" + name + "/**")
        .store(Duration.ofMillis(1))
        .cookies("ignore")
        .requestDirectives("honor");
  }

  @AfterAll
  void stop() throws Exception {
    bareServer.stop();
    server.stop();
    agent.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/stream",
        "/empty",
        "/writer",
        "/latin",
        "/json",
        "/closed",
        "/writer-closed",
        "/length",
        "/length-header",
        "/large",
        "/big",
        "/error",
        "/status",
        "/redirect",
        "/throw",
        "/reset",
        "/reset-buffer",
        "/both",
        "/async",
        "/async-dispatch",
        "/async-complete-more",
        "/async-complete-throw",
        "/async-dispatch-throw",
        "/async-timeout",
        "/async-timeout-written",
        "/async-timeout-flushed",
        "/trailed",
        "/trailed-missing",
        "/nonblocking",
        "/short-flushed",
        "/forward",
        "/include",
        "/context-forward",
        "/context-forward-writer",
        "/include-error",
        "/include-redirect",
        "/include-length",
        "/tagged",
        "/modified",
        "/own-304",
        "/no-store",
        "/cookie",
        "/session",
        "/partial",
        "/headers",
        "/missing",
        "/error-flushed"
      })
  void answer_underARule_isTheBareOneButForWhatIsAdded(String path) throws Exception {
    Reply expected = Wire.get(bare, path);
    Reply actual = Wire.get(port, path);

    assertThat(actual.status()).isEqualTo(expected.status());
    // A flush that nothing follows costs nothing: such a body may be framed by its length.
    String[] but = path.equals("/json") ? with(ADDED, FRAMING) : ADDED;
    assertThat(actual.without(but)).isEqualTo(expected.without(but));
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(actual.complete()).isEqualTo(expected.complete());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/stream",
        "/empty",
        "/writer",
        "/latin",
        "/json",
        "/closed",
        "/writer-closed",
        "/length",
        "/length-header",
        "/large",
        "/reset",
        "/reset-buffer",
        "/both",
        "/async",
        "/async-dispatch",
        "/forward",
        "/include",
        "/context-forward",
        "/context-forward-writer",
        "/include-error",
        "/include-redirect",
        "/include-length",
        "/headers"
      })
  void wholeAnswer_askedAgainWithItsTag_isNotModified(String path) throws Exception {
    Reply first = Wire.get(port, path);
    assertThat(first.field("ETag")).as("ETag of %s", path).isNotNull();
    assertThat(first.field("Cache-Status")).isEqualTo("larder; fwd=bypass");

    Reply second =
        Wire.get(
            port,
            path,
            "If-None-Match: \"x,y\"",
            "If-None-Match: " + first.field("ETag") + ", \"z\"");

    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.field("Content-Length")).isNull();
    assertThat(second.field("ETag")).isEqualTo(first.field("ETag"));
    assertThat(second.field("Cache-Control")).isEqualTo(first.field("Cache-Control"));
    assertThat(second.field("Vary")).isEqualTo(first.field("Vary"));
  }

  /** Tomcat allows the response what it refuses the stream; others refuse both. */
  @Test
  void flushOfAnAnswerThatIsNotReady_isTakenOrRefusedAsWithoutUs() throws Exception {
    String expected = flushedUnready(bare);
    assertThat(expected).isIn("flushed", "refused");
    assertThat(flushedUnready(port)).isEqualTo(expected);
  }

  private static String flushedUnready(int port) throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send("GET", "/nonblocking-flushed");
      Wire.get(port, "/unready");
      Reply reply = wire.receive(false);
      assertThat(reply.complete()).isTrue();
      return reply.text().replace("\0", "");
    }
  }

  @Test
  void largeAnswer_toItsTag_hasForTheApplicationTheStatusThatItSet() throws Exception {
    String tag = Wire.get(port, "/large").field("ETag");

    assertThat(Wire.get(port, "/large", "If-None-Match: " + tag).status()).isEqualTo(304);
    assertThat(Wire.get(port, "/status-after-large").text()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stream", "/writer", "/json", "/async", "/length", "/empty"})
  void head_underARule_hasTheFieldsOfTheGet(String path) throws Exception {
    Reply get = Wire.get(port, path);
    Reply head = Wire.ask(port, "HEAD", path);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.field("ETag")).isEqualTo(get.field("ETag"));
    assertThat(head.field("Content-Length")).isEqualTo(Integer.toString(get.body().length));
    assertThat(Wire.ask(port, "HEAD", path, "If-None-Match: " + get.field("ETag")).status())
        .isEqualTo(304);
  }

  @Test
  void head_ofAnotherStatus_hasTheFieldsThatAreSetBehindTheFirstOfTheBody() throws Exception {
    assertThat(Wire.ask(port, "HEAD", "/late").without(ADDED))
        .isEqualTo(Wire.ask(bare, "HEAD", "/late").without(ADDED));
  }

  @Test
  void rulesCacheControl_onAnImpersonalAnswer_isSentWithVaryCookie() throws Exception {
    Reply reply = Wire.get(port, "/stream");
    assertThat(reply.field("Cache-Control")).isEqualTo("public, max-age=60, s-maxage=90");
    assertThat(reply.field("Vary")).contains("Cookie");
    assertThat(reply.field("ETag")).startsWith("W/\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cookie", "/session"})
  void rulesCacheControl_onAPersonalAnswer_isPrivate(String path) throws Exception {
    assertThat(Wire.get(port, path).field("Cache-Control")).isEqualTo("private, max-age=60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Basic x", "X-Api-Key: k", "Cookie: a=b"})
  void rulesCacheControl_forAPersonalRequest_isPrivate(String field) throws Exception {
    assertThat(Wire.get(port, "/stream", field).field("Cache-Control"))
        .isEqualTo("private, max-age=60");
  }

  @Test
  void applicationsOwnFields_underARule_stand() throws Exception {
    Reply reply = Wire.get(port, "/tagged");
    assertThat(reply.field("ETag")).isEqualTo("\"own\"");
    assertThat(reply.field("Cache-Control")).isEqualTo("max-age=7");
    assertThat(Wire.get(port, "/tagged", "If-None-Match: W/\"own\"").status()).isEqualTo(304);
  }

  @Test
  void lastModified_askedAgainWithItsDate_isNotModified() throws Exception {
    String date = Wire.get(port, "/modified").field("Last-Modified");
    assertThat(Wire.get(port, "/modified", "If-Modified-Since: " + date).status()).isEqualTo(304);
    assertThat(
            Wire.get(port, "/modified", "If-Modified-Since: " + date, "If-None-Match: \"x\"")
                .status())
        .isEqualTo(200);
    assertThat(
            Wire.get(port, "/modified", "If-Unmodified-Since: Tue, 14 Nov 2000 22:13:20 GMT")
                .status())
        .isEqualTo(412);
  }

  @Test
  void noStore_fromTheApplication_getsNoTag() throws Exception {
    Reply reply = Wire.get(port, "/no-store");
    assertThat(reply.field("ETag")).isNull();
    assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status", "/partial", "/error", "/redirect"})
  void answersOtherThan200_getNothing(String path) throws Exception {
    Reply reply = Wire.get(port, path);
    assertThat(reply.field("ETag")).isNull();
    assertThat(reply.field("Cache-Control")).isEqualTo(Wire.get(bare, path).field("Cache-Control"));
    assertThat(Wire.get(port, path, "If-None-Match: *").status()).isEqualTo(reply.status());
  }

  @Test
  void bodyOverTheLimit_isLetThrough_withoutATag() throws Exception {
    Reply reply = Wire.get(port, "/big");
    assertThat(reply.field("ETag")).isNull();
    assertThat(reply.field("Cache-Control")).contains("max-age=60");
    assertThat(reply.body()).hasSize(300_000 * 21);
  }

  @Test
  void flushedBytes_withMoreToCome_reachTheClientSoon() throws Exception {
    try (Wire wire = new Wire(port)) {
      long start = System.nanoTime();
      wire.open("/flush-more");
      Reply head = wire.head();
      assertThat(new String(wire.chunk(), StandardCharsets.UTF_8))
          .isEqualTo("a text of some length");
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(1_000);
      assertThat(head.field("ETag")).isNull();
      assertThat(Wire.get(port, "/go").status()).isEqualTo(200);
      assertThat(new String(wire.chunk(), StandardCharsets.UTF_8))
          .isEqualTo("a text of some length");
    }
  }

  @Test
  void events_reachTheClient_atOnce() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.open("/events");
      Reply head = wire.head();
      assertThat(new String(wire.chunk(), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
      assertThat(head.field("Cache-Control")).isNull();
      assertThat(Wire.get(port, "/go").status()).isEqualTo(200);
      assertThat(new String(wire.chunk(), StandardCharsets.UTF_8)).isEqualTo("data: 2\n\n");
    }
  }

  @Test
  void handler_thatWasServed_getsTheRemainingSeconds() throws Exception {
    Reply reply = Wire.get(port, "/handler");
    assertThat(reply.field("Cache-Control")).isEqualTo("max-age=42");
    assertThat(reply.field("Cache-Status")).isEqualTo("larder; hit; ttl=42");
    assertThat(reply.field("X-May-Store")).isEqualTo("true");
    assertThat(Wire.get(port, "/handler", "Cookie: a=b").field("Cache-Control"))
        .isEqualTo("max-age=42, private");
  }

  @Test
  void handler_whoseValueWasMadeJustNow_getsAllItsSeconds() throws Exception {
    Reply reply = Wire.get(port, "/handler-new");
    assertThat(reply.field("Cache-Control")).isEqualTo("max-age=60");
    assertThat(reply.field("Cache-Status")).isEqualTo("larder; fwd=miss; stored; ttl=60");
  }

  @Test
  void handler_whoseValueEnds_getsTheSecondsThatRemain() throws Exception {
    Reply last = Wire.get(port, "/handler-last");
    assertThat(last.field("Cache-Control")).isEqualTo("max-age=0");
    assertThat(last.field("Cache-Status")).isEqualTo("larder; hit; ttl=0");
    Reply stale = Wire.get(port, "/handler-stale");
    assertThat(stale.field("Cache-Control")).isEqualTo("max-age=0");
    assertThat(stale.field("Cache-Status")).isEqualTo("larder; hit; ttl=-1");
  }

  @Test
  void handler_whoseValueIsNotKept_getsWhatIsSaidOfAnyAnswer() throws Exception {
    assertThat(Wire.get(port, "/handler-unkept").field("Cache-Control"))
        .isEqualTo("public, max-age=60, s-maxage=90");
  }

  @Test
  void expires_ofTheApplication_isTheLongestThatIsSaid() throws Exception {
    assertThat(Wire.get(port, "/until").field("Cache-Control"))
        .matches("public, max-age=(30|29), s-maxage=(30|29)");
    assertThat(Wire.get(port, "/long-until").field("Cache-Control"))
        .isEqualTo("public, max-age=60, s-maxage=90");
    assertThat(Wire.get(port, "/kept/expired").field("Cache-Control"))
        .isEqualTo("public, max-age=0");
    assertThat(Wire.get(port, "/edge/until").field("Cache-Control")).matches("max-age=(30|29)");
  }

  /** Its status is not known before its body. */
  @ParameterizedTest
  @ValueSource(strings = {"If-Match: \"x\"", "If-None-Match: *"})
  void answerWithATrailer_isConditionalByTheStatusThatItEndsWith(String field) throws Exception {
    Reply missing = Wire.get(port, "/trailed-missing", field);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text()).isEqualTo("a text of some length");

    Reply found = Wire.get(port, "/trailed", field);
    assertThat(found.status()).isEqualTo(field.startsWith("If-Match") ? 412 : 304);
    assertThat(found.body()).isEmpty();
    assertThat(found.complete()).isTrue();
    assertThat(found.field("Content-Length") == null || found.field("Transfer-Encoding") == null)
        .as("%s", found.fields())
        .isTrue();
  }

  /** Nobody can tell whether it is empty, or bytes went past us to the container. */
  @Test
  void answerOfWhichNobodyAskedForTheStream_isNotTagged() throws Exception {
    Reply reply = Wire.get(port, "/untouched");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.field("ETag")).isNull();
    assertThat(reply.field("Cache-Control")).isEqualTo("public, max-age=60, s-maxage=90");
  }

  /** By what the filter has chosen it nobody knows but the filter, which runs at each request. */
  @ParameterizedTest
  @CsvSource({"/kept/rewritten, false", "/edge/rewritten, true"})
  void answerOfAServletThatAFilterForwardsTo_isStoredAtTheEdgeAlone(String path, boolean stored)
      throws Exception {
    Reply first = Wire.get(port, path);
    Reply second = Wire.get(port, path);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.field("ETag")).isNotNull();
    assertThat(second.field("ETag")).isEqualTo(first.field("ETag"));
    assertThat(second.text()).isEqualTo(first.text()).isNotEmpty();
    assertThat(second.field("Cache-Status").contains("hit")).isEqualTo(stored);
    assertThat(Wire.get(port, path, "If-None-Match: " + first.field("ETag")).status())
        .isEqualTo(304);
  }

  /** Of which 30 seconds are left, and 20 are the rule's. */
  @ParameterizedTest
  @CsvSource({"/kept/old-until, 20", "/edge/old-until, 30"})
  void expiresOfAServedAnswer_endsWhereItEnds_whateverItsAge(String path, long most)
      throws Exception {
    Wire.get(port, path);
    Reply served = Wire.get(port, path);
    long age = Long.parseLong(served.field("Age"));
    assertThat(age).isGreaterThanOrEqualTo(20);
    assertThat(CacheControl.parse(served.field("Cache-Control")).seconds("max-age") - age)
        .isBetween(2 * most / 3, most);
  }

  @Test
  void strongTag_whereAskedFor_isStrong() throws Exception {
    assertThat(Wire.get(port, "/writer").field("ETag")).startsWith("\"");
  }

  @Test
  void ambiguousPath_isLeftAlone() throws Exception {
    assertThat(Wire.get(port, "/./stream").field("ETag")).isNull();
  }

  @Test
  void post_isLeftAlone() throws Exception {
    Reply reply = Wire.ask(port, "POST", "/stream", "Content-Length: 0");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.field("Cache-Status")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kept/bytes",
        "/kept/text",
        "/kept/locale",
        "/kept/nameless",
        "/kept/async-raw",
        "/edge/bytes",
        "/edge/text",
        "/edge/locale"
      })
  void keptAnswer_askedAgain_comesFromTheStore(String path) throws Exception {
    Reply first = Wire.get(port, path);
    Reply second = Wire.get(port, path);

    assertThat(first.field("Cache-Status")).isEqualTo("larder; fwd=uri-miss; stored; ttl=60");
    assertThat(second.field("Cache-Status")).startsWith("larder; hit; ttl=");
    assertThat(second.text()).isEqualTo(first.text()).startsWith(path);
    assertThat(second.field("Age")).isNotNull();
    assertThat(second.without("age", "cache-status", "cache-control"))
        .isEqualTo(first.without("age", "cache-status", "cache-control"));
    Reply third = Wire.get(port, path, "If-None-Match: " + first.field("ETag"));
    assertThat(third.status()).isEqualTo(304);
    Reply head = Wire.ask(port, "HEAD", path);
    assertThat(head.field("Cache-Status")).contains("hit");
    assertThat(head.field("Content-Length")).isEqualTo(Integer.toString(first.body().length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kept/twice", "/edge/twice"})
  void storedAnswer_hasEqualLinesAsOftenAsTheServletAddedThem(String path) throws Exception {
    Reply first = Wire.get(port, path);
    Reply second = Wire.get(port, path);
    assertThat(first.field("X-Twice")).isEqualTo("a, b, a");
    assertThat(second.field("Cache-Status")).contains("hit");
    assertThat(second.field("X-Twice")).isEqualTo("a, b, a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kept/cookie",
        "/kept/session",
        "/kept/private",
        "/kept/no-store",
        "/kept/vary-all",
        "/kept/status-500",
        "/kept/status-404",
        "/kept/error",
        "/kept/big",
        "/kept/flushed",
        "/kept/short",
        "/kept/cors",
        "/kept/expired",
        "/edge/cookie",
        "/edge/private",
        "/edge/session"
      })
  void answerThatMayNotBeShared_askedAgain_isMadeAnew(String path) throws Exception {
    Reply first = Wire.get(port, path);
    Reply second = Wire.get(port, path);
    assertThat(first.field("X-Run")).isNotNull();
    assertThat(second.field("X-Run")).isNotEqualTo(first.field("X-Run"));
    String told = second.field("Cache-Control");
    if (told != null && (path.endsWith("cookie") || path.endsWith("session"))) {
      assertThat(told).doesNotContain("public");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic x",
        "Cookie: a=b",
        "X-Api-Key: k",
        "X-Original-URL: /other",
        "X-HTTP-Method-Override: DELETE",
        "X-Forwarded-Host: evil",
        "Accept-Language: de"
      })
  void requestThatIsAnother_isNotServedWhatIsStored(String field) throws Exception {
    Reply first = Wire.get(port, "/kept/language", "Accept-Language: en");
    Reply other = Wire.get(port, "/kept/language", field);
    assertThat(other.field("X-Run")).isNotEqualTo(first.field("X-Run"));
    assertThat(Wire.get(port, "/kept/language", "Accept-Language: en").field("X-Run"))
        .isEqualTo(first.field("X-Run"));
    assertThat(first.field("Vary")).contains("Accept-Language");
  }

  @Test
  void answerOfWhoGoesThroughAllFields_isNotForAnotherAcceptThoughTheFirstHadNone()
      throws Exception {
    Reply without = Wire.get(port, "/kept/names");
    Reply with = Wire.get(port, "/kept/names", "Accept: text/css");
    assertThat(with.text()).isEqualTo("text/css").isNotEqualTo(without.text());
    assertThat(Wire.get(port, "/kept/names").field("X-Run")).isEqualTo(without.field("X-Run"));
    assertThat(without.field("Vary")).contains("Accept").contains("Accept-Language");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept-Language: fr | fwd=vary-miss",
        "X-Forwarded-Host: shop.example | fwd=uri-miss",
        "X-Forwarded-Proto: https | fwd=uri-miss"
      })
  void miss_ofAnotherOrigin_isNoMissOfAVariant(String field, String status) throws Exception {
    Wire.get(port, "/kept/language?miss", "Accept-Language: en");
    Reply other = Wire.get(port, "/kept/language?miss", field);
    assertThat(other.field("Cache-Status")).startsWith("larder; " + status);
  }

  @Test
  void personalAnswer_saysWhatItDependsOn() throws Exception {
    Reply reply = Wire.get(port, "/kept/language", "Accept-Language: en", "Cookie: a=b");
    assertThat(reply.field("Cache-Control")).startsWith("private");
    assertThat(reply.field("Vary")).contains("Accept-Language").doesNotContain("Cookie");
  }

  @Test
  void answerThatHasAnAge_isStoredForWhatRemains() throws Exception {
    Reply first = Wire.get(port, "/kept/aged");
    assertThat(first.field("Cache-Status")).isEqualTo("larder; fwd=uri-miss; stored; ttl=45");
    assertThat(first.field("Cache-Control")).isEqualTo("public, max-age=35");
    assertThat(Wire.get(port, "/kept/aged").field("Age")).isIn("15", "16");
  }

  @Test
  void rulesMaxAge_onAStoredAnswer_isNoMoreThanWhatRemains() throws Exception {
    assertThat(Wire.get(port, "/kept/rule").field("Cache-Control")).isEqualTo("public, max-age=20");
    assertThat(Wire.get(port, "/edge/rule").field("Cache-Control")).isEqualTo("max-age=60");
  }

  @Test
  void filtersNoStoreAndExpires_underOverride_giveWayUnlessTheAnswerIsPersonal() throws Exception {
    Reply first = Wire.get(port, "/framed/bytes");
    assertThat(first.field("Cache-Status")).contains("stored; ttl=60");
    assertThat(first.field("Cache-Control")).isEqualTo("public, max-age=20");
    Reply second = Wire.get(port, "/framed/bytes");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.field("Cache-Control")).matches("public, max-age=2[0-9]");
    assertThat(second.field("ETag")).isNotNull().isEqualTo(first.field("ETag"));
    assertThat(Wire.get(port, "/framed/expires-alone").field("Cache-Control"))
        .isEqualTo("public, max-age=20");
    for (String answer : new String[] {"cookie", "session", "private", "no-store"}) {
      Reply own = Wire.get(port, "/framed/" + answer);
      assertThat(own.field("Cache-Control")).as(answer).doesNotContain("public");
      assertThat(Wire.get(port, "/framed/" + answer).text()).isNotEqualTo(own.text());
    }
  }

  @Test
  void answer_thatAFilterCodes_isStoredAsTheServletGaveIt() throws Exception {
    Reply first = Wire.get(port, "/kept/coded");
    Reply second = Wire.get(port, "/kept/coded");
    assertThat(second.field("Cache-Status")).startsWith("larder; hit");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(new String(Base64.getDecoder().decode(second.text()), StandardCharsets.UTF_8))
        .startsWith("/kept/coded run ");
  }

  /** Where servlet and filter have the writer, and what is stored has bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"headed", "footed", "headed-footed"})
  void text_thatAFilterWritesAroundWhatIsStored_standsAroundItAgain(String how) throws Exception {
    String path = "/kept/text?" + how;
    Reply first = Wire.get(port, path);
    Reply second = Wire.get(port, path);

    assertThat(first.field("Cache-Status")).contains("stored");
    assertThat(second.field("Cache-Status")).startsWith("larder; hit");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text())
        .isEqualTo(first.text())
        .startsWith(how.contains("headed") ? "ä /kept/" : "/kept/")
        .endsWith(how.contains("footed") ? " ü ö" : " ü");
    assertThat(second.field("ETag")).isEqualTo(first.field("ETag"));
  }

  @Test
  void cookie_thatIsStripped_isSentInAnAnswerForItsClientAlone() throws Exception {
    Reply first = Wire.get(port, "/stripped/cookie");
    assertThat(first.field("Set-Cookie")).startsWith("a=");
    assertThat(first.field("Cache-Control")).isEqualTo("private, max-age=20");
    Reply second = Wire.get(port, "/stripped/cookie");
    assertThat(second.field("X-Run")).isEqualTo(first.field("X-Run"));
    assertThat(second.field("Set-Cookie")).isNull();
    assertThat(second.field("Cache-Control")).startsWith("public, max-age=2");
  }

  @Test
  void storedAnswer_thatClientsMayNotKeep_carriesItsAge() throws Exception {
    Reply first = Wire.get(port, "/kept/targeted-alone");
    Reply second = Wire.get(port, "/kept/targeted-alone");
    assertThat(second.field("Cache-Control")).isEqualTo("no-store");
    assertThat(second.field("X-Run")).isEqualTo(first.field("X-Run"));
    assertThat(second.field("Age")).isNotNull();
  }

  @Test
  void answer_thatHasOutlivedAllItsWindows_wasStaleAndNoOtherVariant() throws Exception {
    assertThat(Wire.get(port, "/once/a").field("Cache-Status")).contains("fwd=uri-miss; stored");
    for (long from = System.currentTimeMillis(); System.currentTimeMillis() - from < 5; ) {
      Thread.onSpinWait();
    }
    assertThat(Wire.get(port, "/once/a").field("Cache-Status")).contains("fwd=stale; stored");
  }

  @Test
  void authorization_whereTheAnswerDoesNotAllowIt_isWhyItWasForwarded() throws Exception {
    Wire.get(port, "/kept/allowed");
    assertThat(Wire.get(port, "/kept/allowed", "Authorization: Basic x").field("Cache-Status"))
        .isEqualTo("larder; fwd=request");
  }

  @Test
  void applicationsOwnLifetime_goesBeforeTheRules() throws Exception {
    assertThat(Wire.get(port, "/kept/own").field("Cache-Status")).contains("ttl=30");
    assertThat(Wire.get(port, "/kept/own").field("Cache-Control")).isEqualTo("max-age=30");
    assertThat(Wire.get(port, "/kept/targeted").field("Cache-Status")).contains("ttl=7");
  }

  @Test
  void conditionalRequest_onAColdKey_fillsItWithTheWholeAnswer() throws Exception {
    Reply first = Wire.get(port, "/kept/cold", "If-None-Match: *");
    assertThat(first.status()).isEqualTo(304);
    assertThat(Wire.get(port, "/kept/cold").field("Cache-Status")).contains("hit");
  }

  @Test
  void unsafeRequest_thatWentWell_forgetsItsUri() throws Exception {
    Reply first = Wire.get(port, "/kept/changed?a=1");
    assertThat(Wire.ask(port, "POST", "/kept/changed?a=1", "Content-Length: 0").status())
        .isEqualTo(204);
    assertThat(Wire.get(port, "/kept/changed?a=1").field("X-Run"))
        .isNotEqualTo(first.field("X-Run"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?b=1",
        "../kept/named?b=1",
        "./named?b=1",
        "http://site:80/kept/named?b=1",
        "HTTP://SITE/kept/x/../named?b=1"
      })
  void unsafeRequest_forgetsWhatItNames(String location) throws Exception {
    Reply first = Wire.get(port, "/kept/named?b=1");
    Wire.ask(port, "POST", "/kept/named?a=1", "Content-Length: 0", "X-Location: " + location);
    assertThat(Wire.get(port, "/kept/named?b=1").field("X-Run")).isNotEqualTo(first.field("X-Run"));
  }

  /** Two users and a stranger, by every way to be known, and answers of every kind. */
  @Test
  void answersOfOneUser_neverReachAnother() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] carriers = {"Authorization: ", "X-Api-Key: ", "X-Forwarded-User: ", "Cookie: u="};
    String[] controls = {"", "&control=max-age=9", "&control=private", "&control=no-store"};
    int hits = 0;
    for (int i = 0; i < 1_500; i++) {
      String user = List.of("alice", "bob", "all").get(random.nextInt(3));
      String path =
          List.of("/kept", "/edge", "/soon").get(random.nextInt(3))
              + "/whoami?vary=Accept"
              + (random.nextBoolean() ? "&tag=1" : "")
              + controls[random.nextInt(controls.length)]
              + (random.nextInt(4) == 0 ? "&cookie=1" : "");
      boolean edge = path.startsWith("/edge");
      // At the edge the rule ignores cookies, which this site would not survive.
      String carrier = carriers[random.nextInt(edge ? 3 : 4)];
      String fails = random.nextInt(5) == 0 ? "X-Fail: 1" : "X-Fail-Not: 1";
      Reply reply =
          user.equals("all")
              ? Wire.get(port, path, fails)
              : Wire.get(port, path, fails, carrier + user);
      if (reply.status() == 503) {
        continue;
      }
      assertThat(reply.text()).as("seed %d, %s for %s", seed, path, user).isEqualTo("for " + user);
      String cookie = reply.field("Set-Cookie");
      assertThat(cookie == null || cookie.startsWith("last=" + user)).isTrue();
      hits += reply.field("Cache-Status").contains("hit") ? 1 : 0;
    }
    assertThat(hits).as("hits, seed %d", seed).isPositive();
  }

  @Test
  void streamUnderAStoringRule_keepsNobodyWaiting() throws Exception {
    long start = System.nanoTime();
    try (Wire first = new Wire(port)) {
      first.open("/kept/events");
      assertThat(first.head().status()).isEqualTo(200);
      try (Wire second = new Wire(port)) {
        second.open("/kept/events");
        assertThat(second.head().status()).isEqualTo(200);
      }
    }
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
  }

  @Test
  void manyRequests_forAColdKey_runTheServletOnce() throws Exception {
    assertThat(many("/kept/slow").stream().map(each -> each.field("X-Run")).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "says"})
  void manyRequests_whoseFirstFails_areAnsweredByOneWhoTakesOver(String how) throws Exception {
    Map<Integer, List<Reply>> byStatus =
        many("/kept/down-once?how=" + how).stream().collect(Collectors.groupingBy(Reply::status));
    List<Reply> good = byStatus.remove(200);
    assertThat(byStatus.values()).singleElement().asInstanceOf(LIST).hasSize(1);
    assertThat(good.stream().map(each -> each.field("X-Run")).distinct()).hasSize(1);
  }

  private List<Reply> many(String path) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Future<Reply>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(clients.submit(() -> Wire.get(port, path)));
      }
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> each : asked) {
        replies.add(each.get());
      }
      return replies;
    } finally {
      clients.shutdownNow();
    }
  }
}
