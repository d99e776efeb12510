/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered what. */
class DeskTest {

  private static final String HOST = "Host: 127.0.0.1:9437";
  private static final String TOKEN = "Authorization: Bearer open sesame";

  private final FakeHoldings holdings = new FakeHoldings().with("a/b \"c\"", 3, 1, 2, 4_000_000);
  private final History history = new History();
  private final Desk desk;

  DeskTest() {
    Place place =
        Place.of("127.0.0.1:9437", new InetSocketAddress(InetAddress.getLoopbackAddress(), 9437));
    this.desk =
        new Desk(
            new Doorkeeper(place, new Token("open sesame")),
            () -> Map.of("version", "1"),
            holdings,
            history);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "GET, /metrics, 200",
        "HEAD, /metrics, 200",
        "POST, /metrics, 405",
        "GET, /, 401",
        "GET, /console.js, 401",
        "GET, /console.css, 401",
        "GET, /login, 401",
        "POST, /login, 401",
        "GET, /api/status, 401",
        "GET, /api/caches, 401",
        "GET, /api/history, 401",
        "POST, /api/clear, 401",
        "POST, /api/caches/x/clear, 401",
        "GET, /api/status?token=open, 401",
        "GET, /nothing, 401",
        "OPTIONS, /api/caches, 401",
      })
  void request_withoutTheToken_getsTheMetricsAlone(String method, String target, int status) {
    assertThat(ask(method, target, HOST).status()).isEqualTo(status);
    if (status == 401) {
      assertThat(ask(method, target, HOST).headers()).containsEntry("WWW-Authenticate", "Bearer");
      assertThat(ask(method, target, HOST, "Authorization: Bearer open sesam").status())
          .isEqualTo(401);
      assertThat(ask(method, target, HOST, "Authorization: Basic open sesame").status())
          .isEqualTo(401);
    }
    assertThat(holdings.done).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 200",
    "GET, /console.js, 200",
    "GET, /console.css, 200",
    "POST, /, 405",
    "POST, /login, 204",
    "GET, /api/status, 200",
    "GET, /api/caches, 200",
    "HEAD, /api/caches, 200",
    "GET, /api/caches/a%2Fb%20%22c%22, 200",
    "GET, /api/caches/other, 404",
    "GET, /api/history, 200",
    "GET, /api/history?since=x, 400",
    "GET, /nothing, 404",
    "GET, /api, 404",
    "GET, /api/caches/x/y/z, 404",
    "GET, /api/clear, 405",
    "GET, /api/caches/x/clear, 405",
    "GET, /api/caches/x/evict?key=1, 405",
    "GET, /api/tags/x/evict, 405",
    "DELETE, /api/caches, 405",
    "OPTIONS, /api/caches, 405",
    "POST, /api/caches/other/clear, 404",
    "POST, /api/caches/a%2Fb%20%22c%22/evict, 400",
    "POST, /api/caches/a%2Fb%20%22c%22/evict?key=1&key=2, 400",
    "POST, /api/caches/a%2Fb%20%22c%22/evict?key=1&arg=2, 400",
    "POST, /api/caches/%2Frule/evict?arg=2, 400",
    "GET, /api/caches/%2Frule, 200",
  })
  void request_withTheToken_isAnsweredAsItsMethodAllows(String method, String target, int status) {
    holdings.with("/rule", 0, 0, 0, 0);

    Answer answer = ask(method, target, HOST, TOKEN);

    assertThat(answer.status()).as(text(answer)).isEqualTo(status);
    if (status == 405) {
      assertThat(answer.headers()).containsKey("Allow");
    }
    if (status >= 400) {
      assertThat(text(answer)).contains("\"cause\":\"", "\"remedy\":\"");
    }
    assertThat(holdings.done).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9437, 200",
    "localhost:9437, 200",
    "LOCALHOST:9437, 200",
    "[::1]:9437, 200",
    "127.0.0.1, 403",
    "127.0.0.1:80, 403",
    "localhost:9438, 403",
    "localhost.:9437, 403",
    "evil.example:9437, 403",
    "127.0.0.1.evil.example:9437, 403",
    "evil.example, 403",
    "127.0.0.2:9437, 403",
    "'', 403",
  })
  void host_ofAnotherPlace_isRefusedEvenToThoseWhoHaveTheToken(String host, int status) {
    assertThat(ask("GET", "/api/caches", "Host: " + host, TOKEN).status()).isEqualTo(status);
    assertThat(ask("GET", "/metrics", "Host: " + host).status()).isEqualTo(status);
  }

  @Test
  void host_thatIsMissingOrThereTwice_isRefused() {
    assertThat(ask("GET", "/metrics").status()).isEqualTo(403);
    assertThat(ask("GET", "/metrics", HOST, "Host: localhost:9437").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9437, 200",
    "http://localhost:9437, 200",
    "https://127.0.0.1:9437, 403",
    "http://127.0.0.1:9438, 403",
    "http://127.0.0.1, 403",
    "http://evil.example:9437, 403",
    "http://evil.example, 403",
    "null, 403",
    "'', 403",
  })
  void origin_ofAnotherSite_isRefused(String origin, int status) {
    String field = "Origin: " + origin;
    assertThat(ask("POST", "/api/clear", HOST, TOKEN, field).status()).isEqualTo(status);
    assertThat(ask("GET", "/metrics", HOST, field).status()).isEqualTo(status);
    assertThat(holdings.done).hasSize(status == 200 ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, same-origin, cors, 200",
    "GET, none, navigate, 200",
    "GET, cross-site, navigate, 200",
    "GET, cross-site, no-cors, 403",
    "POST, cross-site, navigate, 403",
  })
  void request_thatAPageOfAnotherSiteMakes_isRefusedUnlessItOpensThePage(
      String method, String site, String mode, int status) {
    assertThat(
            ask(
                    method,
                    method.equals("GET") ? "/" : "/api/clear",
                    HOST,
                    TOKEN,
                    "Sec-Fetch-Site: " + site,
                    "Sec-Fetch-Mode: " + mode)
                .status())
        .isEqualTo(status);
  }

  @Test
  void cookie_ofALogin_opensThePageAndNothingElse() {
    String cookie = ask("POST", "/login", HOST, TOKEN).headers().get("Set-Cookie");
    assertThat(cookie)
        .startsWith("larder-console-9437=")
        .contains("HttpOnly", "SameSite=Strict")
        .doesNotContain("open sesame");
    String sent = "Cookie: other=1; " + cookie.substring(0, cookie.indexOf(';'));

    assertThat(ask("GET", "/", HOST, sent).status()).isEqualTo(200);
    assertThat(ask("GET", "/console.js", HOST, sent).status()).isEqualTo(200);
    assertThat(ask("GET", "/api/caches", HOST, sent).status()).isEqualTo(401);
    assertThat(ask("POST", "/api/clear", HOST, sent).status()).isEqualTo(401);
    assertThat(ask("GET", "/", HOST, "Cookie: larder-console-9437=open sesame").status())
        .isEqualTo(401);
    assertThat(holdings.done).isEmpty();
  }

  @Test
  void page_byAUrlWithTheToken_opens() {
    assertThat(ask("GET", "/?token=open%20sesame", HOST).status()).isEqualTo(200);
    assertThat(ask("GET", "/?token=open", HOST).status()).isEqualTo(401);
    assertThat(ask("GET", "/api/status?token=open%20sesame", HOST).status()).isEqualTo(200);
  }

  @Test
  void page_ofEitherKind_letsNoOtherScriptThrough() {
    for (Answer page : List.of(ask("GET", "/", HOST, TOKEN), ask("GET", "/", HOST))) {
      assertThat(page.headers().get("Content-Security-Policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "*");
      assertThat(text(page)).doesNotContain(" style=", "onclick", "javascript:");
    }
    assertThat(text(ask("GET", "/", HOST, TOKEN))).doesNotContain("<script>", "<style>");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/clear, clearAll, 3",
    "/api/caches/a%2Fb%20%22c%22/clear, 'clear a/b \"c\"', 2",
    "/api/caches/a%2Fb%20%22c%22/evict?key=k%2B%201, 'evictKey a/b \"c\" k+ 1', 1",
    "/api/caches/a%2Fb%20%22c%22/evict?key=, 'evictKey a/b \"c\" ', 1",
    "/api/caches/a%2Fb%20%22c%22/evict?arg=1&arg=x%2Cy, 'evictWritten a/b \"c\" [1, x,y]', 1",
    "/api/tags/even:true+x/evict, evictTag even:true+x, -1",
  })
  void post_ofARemoval_doesItOnce(String target, String done, long removed) {
    Answer answer = ask("POST", target, HOST, TOKEN);

    assertThat(text(answer)).isEqualTo("{\"removed\":" + removed + "}");
    assertThat(holdings.done).containsExactly(done);
  }

  @Test
  void caches_withAName_haveTheFiguresAndWhatFollowsFromThem() {
    String one =
        "{\"cache\":\"a/b \\\"c\\\"\",\"rule\":false,\"hits\":3,\"misses\":1,\"bypassed\":0,"
            + "\"stale\":0,\"loads\":2,\"loadNanos\":4000000,\"stores\":0,\"removals\":0,"
            + "\"evictions\":0,\"errors\":0,\"entries\":1,\"verified\":0,\"verifiedStale\":0,\"hitRatio\":0.75,"
            + "\"meanLoadMillis\":2.0,\"timeSavedMillis\":6.0}";
    assertThat(text(ask("GET", "/api/caches", HOST, TOKEN))).isEqualTo("[" + one + "]");
    assertThat(text(ask("GET", "/api/caches/a%2Fb%20%22c%22", HOST, TOKEN))).isEqualTo(one);
  }

  @Test
  void status_withABackendThatIsOut_saysSo() {
    holdings.backends.put("redis", false);
    holdings.backends.put("memcached", true);

    assertThat(text(ask("GET", "/api/status", HOST, TOKEN)))
        .isEqualTo(
            "{\"version\":\"1\",\"backends\":{\"redis\":\"out\",\"memcached\":\"serving\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9437/metrics", "*", "metrics"})
  void target_thatIsNoPath_isNoRequest(String target) {
    assertThatIllegalArgumentException().isThrownBy(() -> Request.of("GET", target, Map.of()));
  }

  private Answer ask(String method, String target, String... fields) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String field : fields) {
      int colon = field.indexOf(": ");
      headers.merge(
          field.substring(0, colon).toLowerCase(Locale.ROOT),
          List.of(field.substring(colon + 2)),
          (some, more) -> List.of(some.get(0), more.get(0)));
    }
    return desk.answer(Request.of(method, target, headers));
  }

  private static String text(Answer answer) {
    assertThat(Arrays.equals(answer.body(), new byte[0])).isEqualTo(answer.status() == 204);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
