/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** What conditional requests get (RFC 9110, 13), by an answer just made and by a stored one. */
interface ConditionalCases extends Shops {

  String STRONG = "?ETag=%22v1%22";
  String WEAK = "?ETag=W/%22v1%22";
  String DATED = "?Last-Modified=Tue,%2014%20Nov%202023%2022:13:20%20GMT";
  String BOTH = DATED + "&ETag=%22v1%22";

  String SAME = "Tue, 14 Nov 2023 22:13:20 GMT";
  String EARLIER = "Tue, 14 Nov 2023 22:13:19 GMT";
  String LATER = "Wed, 15 Nov 2023 22:13:20 GMT";
  String FUTURE = "Thu, 14 Nov 2199 22:13:20 GMT";

  /** A request for an answer with such validators, and the status that it gets. */
  record Asked(int status, String validators, String... fields) {}

  List<Asked> TABLE =
      List.of(
          new Asked(304, STRONG, "If-None-Match: \"v1\""),
          new Asked(304, STRONG, "If-None-Match: W/\"v1\""),
          new Asked(304, STRONG, "If-None-Match: \"v0\", \"v1\""),
          new Asked(304, STRONG, "If-None-Match: \"v,0\",\"v1\",\"v2\""),
          new Asked(304, STRONG, "If-None-Match: , , W/\"v0\" ,\"v1\","),
          new Asked(304, STRONG, "If-None-Match: \"v0\"", "If-None-Match: \"v1\""),
          new Asked(304, STRONG, "if-none-match: \"v1\"", "if-none-match: \"v0\""),
          new Asked(304, STRONG, "If-None-Match: *"),
          new Asked(200, STRONG, "If-None-Match: \"v0\""),
          new Asked(200, STRONG, "If-None-Match: \"V1\""),
          new Asked(200, STRONG, "If-None-Match: \"v0,\"v1\""),
          new Asked(200, STRONG, "If-None-Match: v1"),
          new Asked(200, STRONG, "If-None-Match: \"v1"),
          new Asked(200, STRONG, "If-None-Match: w/\"v1\""),
          new Asked(200, STRONG, "If-None-Match: \"*\""),
          new Asked(200, STRONG, "If-None-Match: "),
          new Asked(304, WEAK, "If-None-Match: \"v1\""),
          new Asked(304, WEAK, "If-None-Match: \"v0\", W/\"v1\""),
          new Asked(200, STRONG, "If-Match: \"v1\""),
          new Asked(200, STRONG, "If-Match: \"v0\", \"v1\""),
          new Asked(200, STRONG, "If-Match: \"v0\"", "If-Match: \"v1\""),
          new Asked(200, STRONG, "If-Match: *"),
          new Asked(200, DATED, "If-Match: *"),
          new Asked(412, STRONG, "If-Match: \"v0\""),
          new Asked(412, STRONG, "If-Match: W/\"v1\""),
          new Asked(412, WEAK, "If-Match: W/\"v1\""),
          new Asked(412, WEAK, "If-Match: \"v1\""),
          new Asked(412, STRONG, "If-Match: \"v0\"", "If-None-Match: \"v1\""),
          new Asked(304, STRONG, "If-Match: \"v1\"", "If-None-Match: \"v1\""),
          new Asked(304, DATED, "If-Modified-Since: " + SAME),
          new Asked(304, DATED, "If-Modified-Since: " + LATER),
          new Asked(304, DATED, "If-Modified-Since: Tuesday, 14-Nov-23 22:13:20 GMT"),
          new Asked(304, DATED, "If-Modified-Since: Tue Nov 14 22:13:20 2023"),
          new Asked(200, DATED, "If-Modified-Since: " + EARLIER),
          new Asked(200, DATED, "If-Modified-Since: " + FUTURE),
          new Asked(200, DATED, "If-Modified-Since: yesterday"),
          new Asked(200, DATED, "If-Modified-Since: " + SAME, "If-Modified-Since: " + SAME),
          new Asked(200, BOTH, "If-None-Match: \"v0\"", "If-Modified-Since: " + SAME),
          new Asked(304, BOTH, "If-None-Match: \"v1\"", "If-Modified-Since: " + EARLIER),
          new Asked(200, DATED, "If-Unmodified-Since: " + SAME),
          new Asked(200, DATED, "If-Unmodified-Since: " + LATER),
          new Asked(200, DATED, "If-Unmodified-Since: yesterday"),
          new Asked(412, DATED, "If-Unmodified-Since: " + EARLIER),
          new Asked(412, DATED, "If-Unmodified-Since: " + EARLIER, "If-Modified-Since: " + SAME),
          new Asked(200, BOTH, "If-Match: \"v1\"", "If-Unmodified-Since: " + EARLIER),
          new Asked(412, BOTH, "If-Match: \"v0\"", "If-Unmodified-Since: " + SAME),
          new Asked(404, STRONG + "&status=404", "If-None-Match: *"),
          new Asked(502, STRONG + "&status=502", "If-Match: \"v0\""),
          new Asked(201, STRONG + "&status=201", "If-None-Match: \"v1\""));

  @OnEachJdk
  default void condition_onAnAnswerJustMadeOrStored_isWhatTheRfcSays(Jdk jdk) {
    SoftAssertions all = new SoftAssertions();
    for (String place : new String[] {"/shop/unstored/plain", "/shop/visitors/plain"}) {
      for (Asked asked : TABLE) {
        String target = place + asked.validators();
        String what = asked.status() + " " + target + " " + List.of(asked.fields());
        try (Connection connection = new Connection(server(jdk))) {
          for (String method : new String[] {"GET", "HEAD", "GET"}) {
            Reply reply = connection.ask(method, target, asked.fields());
            all.assertThat(reply.status())
                .as("%s %s: %s", method, what, reply)
                .isEqualTo(asked.status());
            if (method.equals("GET") && asked.status() == 200) {
              all.assertThat(reply.body()).as(what).startsWith("run ");
            }
          }
        } catch (IOException e) {
          throw new AssertionError(what, e);
        }
      }
    }
    all.assertAll();
  }

  @OnEachJdk
  default void notModified_repeatsWhatCachesNeed_andHasNoBodyNorLength(Jdk jdk) {
    String parameters =
        STRONG
            + "&Content-Location=/shop/elsewhere&Vary=X-Shelf&Allow-Origin=*"
            + "&Expires=Thu,%2014%20Nov%202199%2022:13:20%20GMT";
    for (String target :
        new String[] {
          "/shop/unstored/plain" + parameters,
          "/shop/unstored/plain" + parameters + "&cookie=1",
          "/shop/unstored/plain" + parameters + "&Cache-Control=max-age=7",
          "/shop/visitors/repeated" + parameters,
          "/shop/visitors/repeated" + parameters + "&Cache-Control=max-age=7",
          "/shop/plain/a"
        }) {
      Reply whole = Connection.get(server(jdk), target);
      assertThat(whole.status()).isEqualTo(200);
      for (String method : new String[] {"GET", "HEAD"}) {
        Reply short304 =
            Connection.once(server(jdk), method, target, "If-None-Match: " + whole.field("ETag"));
        assertThat(short304.status()).as(target).isEqualTo(304);
        for (String name :
            new String[] {
              "Cache-Control",
              "Content-Location",
              "ETag",
              "Expires",
              "Vary",
              "Set-Cookie",
              "Access-Control-Allow-Origin"
            }) {
          assertThat(uncoded(short304.lines(name)))
              .as("%s of %s %s", name, method, target)
              .isEqualTo(uncoded(whole.lines(name)));
        }
        if (whole.field("Vary").contains("Accept-Encoding")) {
          assertThat(short304.field("Vary"))
              .as("%s %s, of which the container would code the 200", method, target)
              .contains("Accept-Encoding");
        }
        assertThat(short304.field("Date")).as("Date of %s", target).isNotNull();
        assertThat(short304.field("Content-Length")).as(target).isNull();
      }
    }
  }

  /** Into the tag of what it codes Jetty writes how, and reads that out of the condition. */
  @OnEachJdk
  default void answerThatTheContainerCodes_askedAgainWithItsTag_isNotModified(Jdk jdk) {
    String target = "/shop/plain/" + "long-enough-to-be-coded-".repeat(120);
    String coding = "Accept-Encoding: gzip";
    Reply coded = Connection.once(server(jdk), "GET", target, coding);
    assertThat(coded.field("Content-Encoding")).isEqualTo("gzip");
    assertThat(vary(coded)).containsOnlyOnce("accept-encoding");
    String condition = "If-None-Match: " + coded.field("ETag");

    Reply again = Connection.once(server(jdk), "GET", target, coding, condition);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.field("ETag")).isEqualTo(coded.field("ETag"));
    assertThat(vary(again)).containsOnlyOnce("accept-encoding");
    assertThat(again.field("Content-Encoding")).isNull();

    Reply plain = Connection.once(server(jdk), "GET", target, condition);
    assertThat(plain.status()).as("a weak tag is that of each coding").isEqualTo(304);
    assertThat(vary(plain)).containsOnlyOnce("accept-encoding");
  }

  /** In lower case, as Tomcat writes it where it codes. */
  private static String vary(Reply reply) {
    return reply.field("Vary").toLowerCase(Locale.ROOT);
  }

  /** The members, without the one that Jetty's coding adds to an answer that has a body. */
  private static List<String> uncoded(List<String> lines) {
    return Stream.of(String.join(", ", lines).split(", "))
        .filter(member -> !member.equals("Accept-Encoding"))
        .toList();
  }

  /** Each answer ends where its framing says, or the next one would begin in its middle. */
  @OnEachJdk
  default void answersOnOneConnection_inTurnOrPipelined_doNotMix(Jdk jdk) throws IOException {
    String[][] asked = {
      {"GET", "/shop/unstored/plain" + STRONG, "If-None-Match: \"v1\"", "304"},
      {"GET", "/shop/unstored/plain" + STRONG, "If-None-Match: \"v0\"", "200"},
      {"GET", "/shop/visitors/turn" + STRONG, "Accept: */*", "200"},
      {"GET", "/shop/visitors/turn" + STRONG, "If-None-Match: W/\"v1\"", "304"},
      {"HEAD", "/shop/visitors/turn" + STRONG, "If-None-Match: W/\"v1\"", "304"},
      {"HEAD", "/shop/visitors/turn" + STRONG, "Accept: */*", "200"},
      {"GET", "/shop/visitors/turn" + STRONG, "If-Match: \"v0\"", "412"},
      {"GET", "/shop/visitors/turn" + STRONG, "Accept: */*", "200"},
      {"GET", "/shop/visitors/turn" + STRONG, "Range: bytes=0-2", "206"},
      {"GET", "/shop/visitors/turn" + STRONG, "Range: bytes=900000-", "416"},
      {"GET", "/shop/plain/a", "If-None-Match: *", "304"},
      {"HEAD", "/shop/plain/a", "Accept: */*", "200"},
      {"GET", "/shop/plain/length", "Accept: */*", "200"},
      {"GET", "/shop/plain/length", "If-None-Match: *", "304"},
      {"GET", "/shop/plain/flushed", "If-None-Match: \"x\"", "200"},
      {"GET", "/shop/failing/none", "If-None-Match: *", "404"},
      {"GET", "/shop/stored/turn", "Accept: */*", "200"},
      {"GET", "/shop/stored/turn", "If-None-Match: *", "304"},
      {"GET", "/shop/unstored/plain" + STRONG, "Accept-Encoding: gzip", "200"},
    };
    for (boolean pipelined : new boolean[] {false, true}) {
      try (Connection connection = new Connection(server(jdk))) {
        if (pipelined) {
          StringBuilder together = new StringBuilder();
          for (String[] each : asked) {
            together.append(Connection.request(each[0], each[1], each[2]));
          }
          connection.send(together.toString());
        }
        for (String[] each : asked) {
          boolean head = each[0].equals("HEAD");
          Reply reply =
              pipelined ? connection.read(head) : connection.ask(each[0], each[1], each[2]);
          assertThat(reply.status())
              .as("%s, pipelined: %s: %s", List.of(each), pipelined, reply)
              .isEqualTo(Integer.parseInt(each[3]));
          assertThat(reply.field("Connection")).as("%s", List.of(each)).isNotEqualTo("close");
        }
      }
    }
  }
}
