/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** Every manner of answering is, under the agent, what it is without it. */
abstract class CorpusCases extends ShopServers {

  private static final List<String> CORPUS =
      List.of(
          "plain",
          "plain/empty",
          "plain/untyped",
          "plain/bytes",
          "plain/pieces",
          "plain/print",
          "plain/latin",
          "plain/lines",
          "plain/format",
          "plain/print-wide",
          "plain/utf16",
          "plain/locale",
          "plain/late",
          "both/stream",
          "both/writer",
          "length",
          "length/long",
          "length/field",
          "length/int",
          "length/added",
          "length/less",
          "length/more",
          "length/none",
          "flush",
          "flush/first",
          "flush/last",
          "flush/stream",
          "flush/writer",
          "flush/sized",
          "close/stream",
          "close/writer",
          "large",
          "large/length",
          "large/writer",
          "reset",
          "reset/buffer",
          "reset/flushed",
          "error/404",
          "error/message",
          "error/written",
          "error/flushed",
          "error/then-flushed",
          "error/hints",
          "error/redirect",
          "error/moved",
          "thrown/early",
          "thrown/late",
          "thrown/flushed",
          "thrown/runtime",
          "thrown/io",
          "dispatch",
          "dispatch/include",
          "dispatch/include-error",
          "dispatch/include-length",
          "dispatch/include-closed",
          "dispatch/written",
          "dispatch/again",
          "dispatch/context",
          "dispatch/context-empty",
          "dispatch/empty",
          "dispatch/missing",
          "async/own",
          "async/given",
          "async/written",
          "async/dispatch",
          "async/inside",
          "async/inside-more",
          "async/inside-thrown",
          "async/dispatch-thrown",
          "async/flushed",
          "async/timeout",
          "async/timeout-written",
          "async/kept",
          "async/late",
          "listener/own",
          "listener/given",
          "fields",
          "fields/last-modified",
          "fields/etag",
          "fields/own",
          "fields/expires",
          "status/201",
          "status/204",
          "status/304",
          "status/404",
          "status/503",
          "late/201",
          "file",
          "trailer",
          "trailer/unflushed",
          "no-such-kind");

  CorpusCases(Container container) {
    super(container);
  }

  @OnEachJdk
  void corpus_thatNoRuleMatches_isByteForByteWhatItIsWithoutTheAgent(Jdk jdk) {
    // A cached method somewhere in the application: each exchange is watched from now on.
    assertThat(server(jdk).get("/shop/annotated/watched").statusCode()).isEqualTo(200);
    SoftAssertions all = new SoftAssertions();
    for (String request : requests("/shop/unmatched/corpus/")) {
      all.assertThat(brief(steady(server(jdk).raw(request))))
          .as(request)
          .isEqualTo(brief(steady(withoutAgent(jdk).raw(request))));
    }
    all.assertAll();
  }

  @OnEachJdk
  void corpus_thatARuleMatches_differsByTheAddedFieldsAlone(Jdk jdk) {
    SoftAssertions all = new SoftAssertions();
    for (String prefix : new String[] {"/shop/corpus/", "/shop/kept/"}) {
      for (String request : requests(prefix)) {
        List<WireAnswer> bare = answers(withoutAgent(jdk), request);
        List<WireAnswer> guarded = answers(server(jdk), request);
        all.assertThat(guarded).as(request).hasSameSizeAs(bare);
        for (int i = 0; i < Math.min(bare.size(), guarded.size()); i++) {
          WireAnswer plain = bare.get(i);
          all.assertThat(guarded.get(i).without(plain)).as(request).isEqualTo(plain.without(plain));
        }
      }
    }
    all.assertAll();
  }

  @OnEachJdk
  void completion_ofWhatHasEnded_isBetweenApplicationAndContainer(Jdk jdk) {
    for (String path : new String[] {"/shop/corpus/async/", "/shop/kept/async/"}) {
      assertThat(Connection.get(server(jdk), path + "kept").status()).isEqualTo(200);
      assertThat(Connection.get(server(jdk), path + "late").status()).isEqualTo(200);
    }
    assertThat(server(jdk).errors()).noneMatch(line -> line.contains("HTTP part failed"));
  }

  @OnEachJdk
  void body_thatTheContainerMeasures_isMeasuredWhereARuleMatchesToo(Jdk jdk) {
    String path = "/shop/corpus/plain/pieces";
    assertThat(Connection.get(server(jdk), path).field("Content-Length"))
        .isEqualTo(Connection.get(withoutAgent(jdk), path).field("Content-Length"));
  }

  @OnEachJdk
  void upgrade_whereverItIs_isWhatItIsWithoutTheAgent(Jdk jdk) {
    assumeThat(canUpgrade()).as("this container can change to another protocol").isTrue();
    for (String prefix : new String[] {"/shop/unmatched/corpus/", "/shop/corpus/", "/shop/kept/"}) {
      String request =
          "GET "
              + prefix
              + "upgrade HTTP/1.1\r\nHost: shop.test\r\n"
              + "Connection: Upgrade\r\nUpgrade: echo\r\n\r\n";
      String end = "in another protocol"; // Jetty and the handler leave it open after that
      assertThat(steady(server(jdk).raw(request, end)))
          .as(prefix)
          .endsWith(end)
          .isEqualTo(steady(withoutAgent(jdk).raw(request, end)));
    }
  }

  /** Whether the container implements {@code HttpServletRequest.upgrade}. */
  boolean canUpgrade() {
    return true;
  }

  private static List<WireAnswer> answers(ServerApp server, String request) {
    return WireAnswer.all(steady(server.raw(request)), request.startsWith("HEAD"));
  }

  private static List<String> requests(String prefix) {
    List<String> requests = new ArrayList<>();
    for (String kind : CORPUS) {
      requests.add(request("GET", prefix + kind, "1.1", ""));
    }
    for (String kind : List.of("plain", "length", "flush", "large", "thrown/flushed")) {
      requests.add(request("GET", prefix + kind, "1.0", ""));
      requests.add(request("HEAD", prefix + kind, "1.1", ""));
    }
    requests.add(request("HEAD", prefix + "late/201", "1.1", ""));
    for (String kind : List.of("again", "context", "empty", "context-empty", "missing")) {
      requests.add(request("POST", prefix + "dispatch/" + kind, "1.1", "Content-Length: 0\r\n"));
    }
    for (String kind : List.of("plain", "large/writer", "large/length", "fields/etag")) {
      requests.add(request("GET", prefix + kind, "1.1", "Accept-Encoding: gzip\r\n"));
    }
    // Two on one connection: the second begins where the first one's framing says that it ends.
    requests.add(
        "GET "
            + prefix
            + "flush HTTP/1.1\r\nHost: shop.test\r\n\r\n"
            + request("GET", prefix + "length", "1.1", ""));
    return requests;
  }

  private static String request(String method, String path, String version, String fields) {
    return method
        + " "
        + path
        + " HTTP/"
        + version
        + "\r\nHost: shop.test\r\n"
        + fields
        + "Connection: close\r\n\r\n";
  }

  private static String brief(String wire) {
    return wire.length() < 4096
        ? wire
        : wire.substring(0, 1024) + " … " + wire.length() + " in all, " + wire.hashCode();
  }

  /** Without what differs from run to run. */
  private static String steady(String wire) {
    return wire.replaceAll("\r\nDate: [^\r]*", "").replaceAll("\r\nX-Passed: [^\r]*", "");
  }
}
