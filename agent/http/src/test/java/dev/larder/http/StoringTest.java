/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Freshness;
import dev.larder.http.message.HttpDate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, 3 and 4: what may be stored, for how long and for whom. */
final class StoringTest {

  private static final long NOW = HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT");
  private static final Rule SECONDS = Rule.named("a").store(Duration.ofSeconds(5)).build();
  private static final Rule RFC = Rule.named("a").storeRfc().heuristic(true).build();

  private static long seconds(Rule rule, int status, String fields) {
    Message response = new Message(status, fields);
    Storing.Said said = Storing.Said.of(rule, response, response.headers("Cache-Control"));
    long age = Freshness.initialAge(response::headers, NOW, NOW);
    StoredResponse.Terms terms =
        Storing.terms(rule, response, response::headers, said, false, age, NOW);
    return terms == null ? 0 : terms.lifetime() / 1000;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | | 5",
        "200 | Cache-Control: max-age=9 | 9",
        "200 | Cache-Control: max-age=9, s-maxage=3 | 3",
        "200 | Cache-Control: max-age=0 | 0",
        "200 | Cache-Control: max-age=9 / Age: 9 | 0",
        "200 | Cache-Control: max-age=9 / Age: 8 | 9",
        "200 | Cache-Control: max-age=9 / Age: -8 | 9",
        "200 | Cache-Control: max-age=9 / Date: Sun, 06 Nov 1994 08:49:20 GMT | 0",
        "200 | Expires: Sun, 06 Nov 1994 08:50:37 GMT | 60",
        "200 | Expires: Sun, 06 Nov 1994 08:50:37 GMT / Cache-Control: max-age=3 | 3",
        "200 | Expires: Sun, 06 Nov 1994 08:49:00 GMT | 0",
        "200 | Expires: 0 | 0",
        "200 | Cache-Control: no-store | 0",
        "200 | Cache-Control: no-cache | 0",
        "200 | Cache-Control: no-cache=\"x\" | 5",
        "200 | Cache-Control: private, max-age=9 | 0",
        "200 | Vary: * | 0",
        "200 | Vary: A, * | 0",
        "200 | Set-Cookie: a=b | 0",
        "200 | Access-Control-Allow-Origin: * | 5",
        "200 | Access-Control-Allow-Origin: https://a.example | 0",
        "200 | Access-Control-Allow-Origin: https://a.example / Vary: Origin | 5",
        "200 | Larder-Cache-Control: max-age=7 / Cache-Control: no-store | 7",
        "200 | Larder-Cache-Control: max-age=7 / Expires: 0 | 7",
        "200 | Larder-Cache-Control: no-store / Cache-Control: max-age=9 | 0",
        "200 | Larder-Cache-Control: max-age=\"7\" / Cache-Control: max-age=9 | 9",
        "200 | Larder-Cache-Control: max-age=7, & / Cache-Control: max-age=9 | 9",
        "200 | Larder-Cache-Control: max-age=7;x=1, a=?0 | 7",
        "200 | CDN-Cache-Control: max-age=7 | 5",
        "206 | Cache-Control: max-age=9 | 0",
        "200 | Content-Range: bytes 0-1/2 | 0",
        "404 | | 0",
        "404 | Cache-Control: max-age=9 | 9",
        "302 | Cache-Control: max-age=9 | 0",
        "500 | Cache-Control: max-age=9 | 0",
      })
  void lifetime_underARuleWithSeconds(int status, String fields, long seconds) {
    assertThat(seconds(SECONDS, status, fields)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | | 0",
        "200 | Last-Modified: Sun, 06 Nov 1994 08:32:57 GMT | 100",
        "302 | Cache-Control: max-age=9 | 9",
        "500 | Cache-Control: max-age=9 | 9",
        "599 | Cache-Control: max-age=9 | 9",
        "599 | Last-Modified: Sun, 06 Nov 1994 08:32:57 GMT | 0",
        "599 | Cache-Control: max-age=9, must-understand | 0",
        "206 | Cache-Control: max-age=9 | 0",
      })
  void lifetime_whereTheRfcAloneDecides(int status, String fields, long seconds) {
    assertThat(seconds(RFC, status, fields)).isEqualTo(seconds);
  }

  @Test
  void variants_areSelectedByTheFieldsThatVary() {
    Rule rule = Rule.named("a").build();
    Message asked = new Message(0, "Accept-Language: en,  fr / X: 1 / read: Accept-Language");
    Message answered = new Message(200, "Vary: x, X, Y");
    List<String> names = Storing.selectingFields(rule, asked, answered);
    assertThat(names).containsExactly("Accept-Language", "x", "Y");
    assertThat(Storing.selecting(names, asked)).containsExactly("en, fr", "1", null);
    assertThat(
            Storing.selecting(
                names, new Message(0, "Accept-Language: en / accept-language: fr / X: 1")))
        .containsExactly("en, fr", "1", null);
    assertThat(Storing.selecting(names, new Message(0, "Accept-Language: en, fr / X: 1 / Y:")))
        .containsExactly("en, fr", "1", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "known: 1",
        "path: /a;jsessionid=1",
        "path: /a;JSESSIONID=1",
        "Cookie: a=b",
        "X-API-KEY: k",
        "X-Forwarded-User: joe"
      })
  void request_ofOnePerson_isPersonal(String fields) {
    assertThat(new Personal(Rule.named("a").build(), new Message(0, fields)).isRequest()).isTrue();
  }

  @Test
  void cookies_countAsTheRuleSays() {
    Message asked = new Message(0, "Cookie: a=b; theme=dark");
    assertThat(new Personal(Rule.named("a").cookies("ignore").build(), asked).isRequest())
        .isFalse();
    assertThat(new Personal(Rule.named("a").cookies("sid").build(), asked).isRequest()).isFalse();
    assertThat(new Personal(Rule.named("a").cookies("sid, theme").build(), asked).isRequest())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=9 | true",
        "public, max-age=9 | false",
        "s-maxage=9 | false",
        "must-revalidate | false",
        "public, private | true"
      })
  void answerToAnAuthorization_isSharedByPermissionAlone(String control, boolean personal) {
    assertThat(
            new Personal(Rule.named("a").build(), new Message(0, "Authorization: Basic x"))
                .isResponse(
                    new Message(200, ""), new Storing.Said(CacheControl.parse(control), false)))
        .isEqualTo(personal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: a.example | http://a.example",
        "Host: A.example:8080 | http://a.example:8080",
        "Host: a_b-c~1.example | http://a_b-c~1.example",
        "Host: [::1]:80 | http://[::1]:80",
        "Host: a.example / X-Forwarded-For: 1.2.3.4 | http://a.example",
      })
  void key_hasTheOrigin(String fields, String origin) {
    assertThat(ResponseKey.of(SECONDS, new Message(0, fields)).origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: no host",
        "Host: a b",
        "Host: a/b",
        "Host: user@a",
        "Host: a / Host: b",
        "Host: a / X-Original-URL: /b",
        "Host: a / X-Rewrite-URL: /b",
        "Host: a / X-HTTP-Method-Override: PUT",
        "Host: a / query: _method=delete",
        "Host: a / Content-Length: 3",
        "Host: a / Transfer-Encoding: chunked"
      })
  void request_thatAsksForSomethingElse_hasNoKey(String fields) {
    assertThat(ResponseKey.of(SECONDS, new Message(0, fields))).isNull();
  }

  @Test
  void query_countsAsTheRuleSays() {
    Rule some = Rule.named("a").query("page, size").build();
    assertThat(ResponseKey.target(some, "/a", "utm=1&page=2&pages=3&size"))
        .isEqualTo("/a?page=2&size");
    assertThat(ResponseKey.target(some, "/a", "utm=1")).isEqualTo("/a");
    assertThat(ResponseKey.target(some, "/a?utm=1&size=2")).isEqualTo("/a?size=2");
    assertThat(ResponseKey.target(some, "/a")).isEqualTo("/a");
    assertThat(ResponseKey.target(some, "/a", "p%61ge=1&%zz=2&%70ages=3"))
        .isEqualTo("/a?p%61ge=1&%zz=2");
    assertThat(ResponseKey.target(SECONDS, "/a", "b=1&&c")).isEqualTo("/a?b=1&&c");
  }
}
