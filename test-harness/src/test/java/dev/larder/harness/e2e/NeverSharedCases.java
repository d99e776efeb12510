/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** What is never stored or shared, each beside a request or an answer that only lacks that. */
interface NeverSharedCases extends Shops {

  /** Fields that tell who asks, or what else is asked: none may meet what others have stored. */
  List<List<String>> PRIVATE_REQUESTS =
      List.of(
          List.of("Authorization: Basic ann"),
          List.of("Authorization: Bearer ann"),
          List.of("authorization: ann"),
          List.of("Cookie: user=ann"),
          List.of("Cookie: theme=dark"),
          List.of("Cookie: "),
          List.of("Cookie: a=1", "Cookie: user=ann"),
          List.of("X-Api-Key: ann"),
          List.of("X-Auth-Token: ann"),
          List.of("X-Amz-Security-Token: ann"),
          List.of("Proxy-Authorization: ann"),
          List.of("X-Forwarded-User: ann"),
          List.of("X-Forwarded-Email: ann"),
          List.of("X-Remote-User: ann"),
          List.of("Remote-User: ann"),
          List.of("X-Auth-Request-User: ann"),
          List.of("X-Forwarded-Client-Cert: ann"),
          List.of("X-SSL-Client-Cert: ann"),
          List.of("X-Goog-IAP-JWT-Assertion: ann"),
          List.of("X-Amzn-Oidc-Data: ann"),
          List.of("Cf-Access-Jwt-Assertion: ann"),
          List.of("X-Door-Principal: ann"),
          List.of("X-Door-Remote-User: ann"),
          List.of("X-Door-Session: ann"),
          List.of("X-Door-Certificate: ann"));

  /** Requests that are nobody's own, but may not be answered as they look. */
  List<List<String>> BYPASSING_REQUESTS =
      List.of(
          List.of("X-Original-URL: /shop/account/x.css"),
          List.of("X-Rewrite-URL: /shop/account/x.css"),
          List.of("X-HTTP-Method-Override: DELETE"),
          List.of("X-HTTP-Method: DELETE"),
          List.of("X-Method-Override: DELETE"));

  /** What makes a request's place another one: each has an entry of its own. */
  List<List<String>> OTHER_PLACES =
      List.of(
          List.of("X-Forwarded-Host: other.test"),
          List.of("X-Forwarded-Proto: https"),
          List.of("X-Forwarded-Port: 8443"),
          List.of("X-Forwarded-Prefix: /elsewhere"),
          List.of("Forwarded: host=other.test;proto=https"),
          List.of("Host: other.test"),
          List.of("Host: shop.test:81"),
          List.of("X-Forwarded-Host: other.test", "X-Forwarded-Host: another.test"));

  /** Answers that a rule would store, but for what their names or parameters say. */
  List<String> UNSHARED_ANSWERS =
      List.of(
          "cookie",
          "cookie-field",
          "cookie-beside",
          "session-made",
          "plain?Cache-Control=private",
          "plain?Cache-Control=max-age=60,%20Private",
          "plain?Cache-Control=private=%22X-For%22",
          "plain?Cache-Control=no-store",
          "plain?Cache-Control=max-age=60,NO-STORE",
          "plain?Cache-Control=max-age=0",
          "plain?Cache-Control=s-maxage=0,max-age=60",
          "plain?Expires=0",
          "plain?Vary=*",
          "plain?Vary=Accept,%20*",
          "plain?Allow-Origin=https://a.test",
          "plain?status=404",
          "plain?status=500&Cache-Control=max-age=60",
          "plain?status=302&Cache-Control=max-age=60",
          "plain?status=206&Cache-Control=max-age=60",
          "plain?Content-Range=bytes%200-1/9",
          "error",
          "error-lifetime",
          "redirect",
          "thrown",
          "short",
          "long",
          "over",
          "over-writer",
          "flushed",
          "events",
          "trailer",
          "async-error",
          "async-timeout");

  @OnEachJdk
  default void privateRequest_neitherReadsNorFillsTheStore(Jdk jdk) {
    ServerApp shop = server(jdk);
    SoftAssertions all = new SoftAssertions();
    int number = 0;
    for (List<String> fields : PRIVATE_REQUESTS) {
      String warm = "/shop/visitors/private/" + number;
      String cold = "/shop/visitors/cold/" + number++;
      String stored = assertStored(shop, warm);

      Reply own = get(shop, warm, fields);
      all.assertThat(own.status()).as("%s", fields).isEqualTo(200);
      all.assertThat(own.body()).as("%s", fields).isNotEqualTo(stored);
      assertUnshared(all, own, fields);
      all.assertThat(own.field("Cache-Control"))
          .as("%s", fields)
          .contains("private")
          .doesNotContain("public")
          .doesNotContain("s-maxage");
      all.assertThat(get(shop, warm).body()).as("after %s", fields).isEqualTo(stored);

      Reply first = get(shop, cold, fields);
      assertUnshared(all, first, fields);
      all.assertThat(get(shop, cold).body()).as("after %s", fields).isNotEqualTo(first.body());
    }
    all.assertAll();
  }

  @OnEachJdk
  default void requestThatMayAskForSomethingElse_goesPastTheStore(Jdk jdk) {
    ServerApp shop = server(jdk);
    SoftAssertions all = new SoftAssertions();
    String path = "/shop/visitors/bypass";
    String stored = assertStored(shop, path);
    for (List<String> fields : BYPASSING_REQUESTS) {
      Reply own = get(shop, path, fields);
      all.assertThat(own.body()).as("%s", fields).isNotEqualTo(stored);
      assertUnshared(all, own, fields);
    }
    for (String body :
        new String[] {
          "Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        }) {
      String answer =
          shop.raw("GET " + path + " HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n" + body);
      all.assertThat(answer).as(body).startsWith("HTTP/1.1 200 ").doesNotContain(stored + "\r\n");
      all.assertThat(answer).as(body).doesNotContain("larder; hit").doesNotContain("; stored");
    }
    for (String query : new String[] {"?_method=DELETE", "?a=1&_method=PUT", "?%5Fmethod=PUT"}) {
      String first = get(shop, path + query).body();
      Reply second = get(shop, path + query);
      all.assertThat(second.body()).as(query).isNotEqualTo(first);
      assertUnshared(all, second, List.of(query));
    }
    all.assertThat(get(shop, path).body()).isEqualTo(stored);
    all.assertAll();
  }

  @OnEachJdk
  default void malformedHost_goesPastTheStore(Jdk jdk) {
    ServerApp shop = server(jdk);
    String path = "/shop/visitors/host";
    String stored = assertStored(shop, path);
    for (String host :
        new String[] {
          "Host: shop.test/x",
          "Host: a@shop.test",
          "Host: shop test",
          "Host: shop.test:x",
          "Host: shop.test:65536",
          "Host: ",
          "Host: shop.test\r\nHost: shop.test",
          "Host: shop.test\r\nHost: other.test",
          "No-Host: x"
        }) {
      String request = "GET " + path + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n";
      String answer = shop.raw(request);
      String bare = withoutAgent(jdk).raw(request);
      assertThat(firstLine(answer)).as(host).isEqualTo(firstLine(bare));
      assertThat(answer)
          .as(host)
          .doesNotContain("larder; hit")
          .doesNotContain("; stored")
          .doesNotContain(stored);
    }
    assertThat(shop.raw("GET " + path + " HTTP/1.0\r\n\r\n")).doesNotContain("larder; hit");
  }

  /** Undertow tells the application whatever place a whole URL in the request line names. */
  @OnEachJdk
  default void wholeUrlOfAnotherPlace_fillsNothingForThisOne(Jdk jdk) {
    ServerApp shop = server(jdk);
    int number = 0;
    for (String place :
        new String[] {"javascript://shop.test", "https://shop.test", "http://shop.test:81"}) {
      String path = "/shop/visitors/url/" + number++;
      shop.raw("GET " + place + path + " HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
      assertThat(get(shop, path).body()).as(place).endsWith(" at http://shop.test" + path);
    }
  }

  @OnEachJdk
  default void answerThatSetsACookie_isStoredAsItsRuleSays(Jdk jdk) {
    ServerApp shop = server(jdk);
    for (String kind : new String[] {"cookie", "cookie-field"}) {
      for (String place :
          new String[] {"/shop/stripped/", "/shop/stripped-edge/", "/shop/cookied/"}) {
        String path = place + kind;
        Reply first = get(shop, path);
        Reply second = get(shop, path);
        assertThat(first.field("Set-Cookie")).as(path).startsWith("basket=nobody");
        assertThat(second.isHit()).as("%s: %s", path, second).isTrue();
        assertThat(second.body()).as(path).isEqualTo(first.body());
        assertThat(second.lines("Set-Cookie"))
            .as(path)
            .hasSize(place.equals("/shop/cookied/") ? 1 : 0)
            .allMatch(line -> line.startsWith("basket=nobody"));
      }
    }
  }

  @OnEachJdk
  default void otherPlace_hasAnEntryOfItsOwn(Jdk jdk) {
    ServerApp shop = server(jdk);
    SoftAssertions all = new SoftAssertions();
    String path = "/shop/visitors/place";
    List<String> bodies = new ArrayList<>();
    bodies.add(assertStored(shop, path));
    for (List<String> fields : OTHER_PLACES) {
      bodies.add(assertStored(shop, path, fields.toArray(String[]::new)));
    }
    all.assertThat(bodies).doesNotHaveDuplicates();
    all.assertThat(get(shop, path).body()).isEqualTo(bodies.get(0));
    all.assertThat(get(shop, path, List.of("X-Forwarded-For: 10.0.0.1")).body())
        .as("who forwarded it says nothing of the place")
        .isEqualTo(bodies.get(0));
    all.assertAll();
  }

  @OnEachJdk
  default void answerThatMayNotBeShared_isMadeAnew(Jdk jdk) {
    ServerApp shop = server(jdk);
    SoftAssertions all = new SoftAssertions();
    for (String prefix : new String[] {"/shop/visitors/", "/shop/edge/"}) {
      boolean small = prefix.contains("visitors");
      for (String answer : UNSHARED_ANSWERS) {
        if (!small && answer.matches("over.*|async-timeout")) {
          continue; // what that rule holds, and what takes long
        }
        String first = shop.wire("GET", prefix + answer);
        String second = shop.wire("GET", prefix + answer);
        if (second.contains("run ")) { // else it is the container's own page
          all.assertThat(run(second)).as(prefix + answer).isNotEqualTo(run(first));
        }
        all.assertThat(second)
            .as(prefix + answer)
            .doesNotContain("larder; hit")
            .doesNotContain("; stored");
      }
    }
    all.assertAll();
  }

  /** A filter's cookie, and an application that breaks off in the middle. */
  @OnEachJdk
  default void answerThatOthersSpoil_isMadeAnew(Jdk jdk) {
    ServerApp shop = server(jdk);
    Reply seen = get(shop, "/shop/visitors/door", List.of("X-Door-Cookie: 1"));
    assertThat(seen.field("Set-Cookie")).startsWith("door=1");
    assertThat(seen.larder()).doesNotContain("stored");
    assertThat(get(shop, "/shop/visitors/door").isHit()).isFalse();
    Reply stored = get(shop, "/shop/visitors/door");
    assertThat(stored.isHit()).as(stored.larder()).isTrue();
    Reply own = get(shop, "/shop/visitors/door", List.of("X-Door-Cookie: 1"));
    assertThat(own.larder()).doesNotContain("hit").doesNotContain("stored");
    assertThat(own.body()).isNotEqualTo(stored.body());

    for (String prefix : new String[] {"/shop/visitors/", "/shop/edge/"}) {
      String first = shop.wire("GET", prefix + "broken");
      String second = shop.wire("GET", prefix + "broken");
      assertThat(run(second)).isNotEqualTo(run(first));
      assertThat(second).doesNotContain("larder; hit").doesNotContain("; stored");
    }
  }

  @OnEachJdk
  default void session_madeOrRead_isItsOwnersAlone(Jdk jdk) {
    ServerApp shop = server(jdk);
    String ann = login(shop, "ann");
    for (String prefix : new String[] {"/shop/visitors/", "/shop/named/", "/shop/edge/"}) {
      String path = prefix + "session-read/of-" + jdk.feature();
      Reply own = get(shop, path, List.of("Cookie: " + ann));
      Reply again = get(shop, path, List.of("Cookie: " + ann));
      assertThat(own.body()).as(path).endsWith(" for ann");
      assertThat(again.body()).as(path).endsWith(" for ann").isNotEqualTo(own.body());
      assertThat(own.larder() + again.larder()).doesNotContain("stored").doesNotContain("hit");
      Reply nobodys = get(shop, path);
      assertThat(nobodys.body()).as(path).endsWith(" for nobody");
      assertThat(get(shop, path, List.of("Cookie: " + ann)).body())
          .as(path)
          .doesNotContain(nobodys.body().replace(" for nobody", " for ann"));
    }
    // The filter reads the session before the servlet is reached: nothing stored is served then.
    for (String field : new String[] {"X-Door-Read: 1", "X-Door-Meanwhile: 1"}) {
      String named = "/shop/named/read-by-a-filter" + field.charAt(7);
      String stored = assertStored(shop, named);
      Reply own = get(shop, named, List.of("Cookie: " + ann, field));
      assertThat(own.body()).as(field).isNotEqualTo(stored);
      assertThat(own.larder()).as(field).doesNotContain("hit").doesNotContain("stored");
    }
  }

  @OnEachJdk
  default void sessionInThePath_goesPastTheStore(Jdk jdk) {
    ServerApp shop = server(jdk);
    String session = login(shop, "ann").replaceFirst("^[^=]*=", "");
    String plain = assertStored(shop, "/shop/visitors/in-the-path");
    for (String name : new String[] {"jsessionid", "JSESSIONID"}) {
      String path = "/shop/visitors/in-the-path;" + name + "=" + session;
      Reply first = get(shop, path);
      Reply second = get(shop, path);
      assertThat(second.body()).as(name).isNotEqualTo(first.body()).isNotEqualTo(plain);
      assertThat(first.larder() + second.larder()).doesNotContain("stored").doesNotContain("hit");
    }
  }

  @OnEachJdk
  default void cookies_thatTheRuleNames_countAlone(Jdk jdk) {
    ServerApp shop = server(jdk);
    String path = "/shop/named/cookies";
    String stored = assertStored(shop, path);
    for (String cookies :
        new String[] {"user=ann", "theme=dark; user=ann", "theme=dark;user=ann", "user = ann"}) {
      Reply own = get(shop, path, List.of("Cookie: " + cookies));
      assertThat(own.body()).as(cookies).isNotEqualTo(stored);
      assertThat(own.larder()).as(cookies).doesNotContain("hit").doesNotContain("stored");
    }
    assertThat(get(shop, path, List.of("Cookie: theme=dark; lang=de")).body()).isEqualTo(stored);
  }

  @OnEachJdk
  default void authorization_withTheAnswersPermission_isShared(Jdk jdk) {
    ServerApp shop = server(jdk);
    for (String said :
        new String[] {"public,%20max-age=60", "must-revalidate,max-age=60", "s-maxage=60"}) {
      String path = "/shop/visitors/permitted?Cache-Control=" + said;
      Reply first = get(shop, path, List.of("Authorization: Basic ann"));
      assertThat(first.isStored()).as("%s: %s", said, first.larder()).isTrue();
      assertThat(get(shop, path).body()).as(said).isEqualTo(first.body());
      assertThat(get(shop, path, List.of("Authorization: Basic bob")).body())
          .as(said)
          .isEqualTo(first.body());
    }
  }

  /** A path that seems to be a style sheet's, of a page that does not look at what follows it. */
  @OnEachJdk
  default void personalPage_underADeceptivePath_isItsOwnersAlone(Jdk jdk) {
    ServerApp shop = server(jdk);
    String ann = login(shop, "ann");
    assertThat(get(shop, "/shop/account/plain/known.css").isStored()).as("the rule holds").isTrue();
    for (String path :
        new String[] {
          "/shop/account/session-read/x.css",
          "/shop/account/session-read;a=b/x.css",
          "/shop/account/session-read/%78.css",
          "/shop/account/session-read%2fx.css",
          "/shop/account/session-read/..%2fx.css",
          "/shop/account/session-read;/x.css",
          "/shop/account//session-read/x.css",
          "/shop/account/session-read/./x.css",
          "/shop/account/session-read/x.css;jsessionid=" + ann.replaceFirst("^[^=]*=", "")
        }) {
      String cookie = "Cookie: " + ann + "\r\n";
      String own = shop.raw(line(path) + cookie + "\r\n");
      assertThat(own).as(path).doesNotContain("; stored").doesNotContain("larder; hit");
      String others = shop.raw(line(path.replaceFirst(";jsessionid.*", "")) + "\r\n");
      assertThat(others).as("%s, after %s", path, own).doesNotContain(" for ann");
      String bare = withoutAgent(jdk).raw(line(path) + "\r\n");
      assertThat(firstLine(others)).as(path).isEqualTo(firstLine(bare));
    }
  }

  /** A framework's filter says no-store of every answer; {@code override} is for that alone. */
  @OnEachJdk
  default void override_goesBeforeAFiltersNoStore_butNotOnAPersonalAnswer(Jdk jdk) {
    ServerApp shop = server(jdk);
    String path = "/shop/override/plain";
    Reply first = get(shop, path);
    assertThat(first.isStored()).as(first.larder()).isTrue();
    assertThat(first.field("Cache-Control")).isEqualTo("public, max-age=30");
    Reply second = get(shop, path);
    assertThat(second.isHit()).isTrue();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.field("Cache-Control")).matches("public, max-age=3\\d");
    assertThat(second.field("ETag")).isNotNull().isEqualTo(first.field("ETag"));
    assertThat(get(shop, path, List.of("If-None-Match: " + first.field("ETag"))).status())
        .isEqualTo(304);

    String ann = login(shop, "ann");
    for (List<String> fields :
        List.of(
            List.of("Cookie: user=ann"),
            List.of("Authorization: Basic ann"),
            List.of("X-Door-Principal: ann"),
            List.of("X-Door-Session: ann"),
            List.of("X-Door-Cookie: ann"),
            List.of("X-Api-Key: ann"),
            List.of("Cookie: " + ann))) {
      Reply own = get(shop, "/shop/override/plain", fields);
      assertThat(own.body()).as("%s", fields).isNotEqualTo(first.body());
      assertGuarded(own, fields.toString());
    }
    for (String answer :
        new String[] {
          "cookie",
          "session-made",
          "plain?Cache-Control=private",
          "plain?Cache-Control=no-store",
          "plain?Vary=*"
        }) {
      Reply own = get(shop, "/shop/override/" + answer);
      assertThat(get(shop, "/shop/override/" + answer).body()).isNotEqualTo(own.body());
      assertGuarded(own, answer);
    }
  }

  /** What a filter says to caches is then no part of what is stored. */
  @OnEachJdk
  default void override_atTheEdge_goesBeforeAFiltersNoStoreAsWell(Jdk jdk) {
    ServerApp shop = server(jdk);
    for (String kind : new String[] {"plain", "async", "async-own"}) {
      String path = "/shop/override-edge/" + kind;
      Reply first = get(shop, path);
      Reply second = get(shop, path);
      assertThat(first.isStored()).as("%s: %s", path, first).isTrue();
      assertThat(first.field("Cache-Control")).isEqualTo("public, max-age=30");
      assertThat(second.isHit()).as("%s: %s", path, second).isTrue();
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.lines("Cache-Control"))
          .singleElement()
          .asString()
          .matches("public, max-age=3\\d");
      for (String fields : new String[] {"Cookie: user=ann", "Authorization: Basic ann"}) {
        Reply own = get(shop, path, List.of(fields));
        assertThat(own.body()).as(fields).isNotEqualTo(first.body());
        assertGuarded(own, fields);
      }
    }
    for (String answer :
        new String[] {
          "cookie",
          "session-made",
          "plain?Cache-Control=private",
          "async-own?Cache-Control=no-store"
        }) {
      Reply own = get(shop, "/shop/override-edge/" + answer);
      assertThat(get(shop, "/shop/override-edge/" + answer).body()).isNotEqualTo(own.body());
      assertGuarded(own, answer);
    }
  }

  private static void assertGuarded(Reply own, String why) {
    assertThat(own.larder()).as(why).doesNotContain("stored").doesNotContain("hit");
    String told = own.field("Cache-Control");
    assertThat(told).as(why).doesNotContain("public").doesNotContain("max-age=3");
    assertThat(told.contains("no-store") || told.contains("private"))
        .as("%s: %s", why, told)
        .isTrue();
  }

  /** Somebody's session, as a cookie. */
  static String login(ServerApp shop, String user) {
    Reply answer =
        Connection.once(shop, "POST", "/shop/visitors/login?user=" + user, "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(204);
    return answer.field("Set-Cookie").replaceFirst(";.*", "");
  }

  /** Asks twice, and makes sure that the second answer was stored; what both said. */
  private static String assertStored(ServerApp shop, String path, String... fields) {
    Reply first = Connection.get(shop, path, fields);
    Reply second = Connection.get(shop, path, fields);
    assertThat(first.isStored()).as("%s %s: %s", path, List.of(fields), first).isTrue();
    assertThat(second.isHit()).as("%s %s: %s", path, List.of(fields), second).isTrue();
    assertThat(second.body()).isEqualTo(first.body());
    return first.body();
  }

  private static Reply get(ServerApp shop, String path) {
    return Connection.get(shop, path);
  }

  private static Reply get(ServerApp shop, String path, List<String> fields) {
    return Connection.get(shop, path, fields.toArray(String[]::new));
  }

  private static void assertUnshared(SoftAssertions all, Reply answer, List<String> fields) {
    all.assertThat(answer.isHit()).as("%s: %s", fields, answer).isFalse();
    all.assertThat(answer.isStored()).as("%s: %s", fields, answer).isFalse();
  }

  private static String line(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n";
  }

  private static String firstLine(String answer) {
    return answer.substring(0, Math.max(0, answer.indexOf("\r\n")));
  }

  /** Which run made an answer; the whole of it where that does not say. */
  private static String run(String answer) {
    int at = answer.indexOf("run ");
    return at < 0 ? answer : answer.substring(at).replaceFirst("(?s) f.*", "");
  }
}
