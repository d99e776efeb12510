/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.http.Wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of stored responses in every container: stale ones, validated ones, parts of them. */
abstract class StoreContract extends ContainerContract {

  /** A little later, so that what lives for a millisecond is stale. */
  private Reply get(String path, String... fields) throws Exception {
    for (long from = System.currentTimeMillis(); System.currentTimeMillis() - from < 3; ) {
      Thread.onSpinWait();
    }
    return Wire.get(port, path, fields);
  }

  /** Has the next run of a path do something else than answer. */
  private void next(String path, String what) throws Exception {
    String bare = path.substring(0, path.indexOf('?'));
    assertThat(get(bare + "?run=next", "X-Next: " + what, "Cache-Control: no-store").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/while-run", "/edge-while-run"})
  void staleAnswer_isCompleteBeforeTheRunThatRenewsIt(String rule) throws Exception {
    String path = rule + "/a?run=1";
    Reply first = get(path);
    assertThat(first.field("Cache-Status")).contains("stored");
    next(path, "hang");

    Reply stale = get(path);

    assertThat(stale.text()).isEqualTo(first.text());
    assertThat(stale.complete()).isTrue();
    assertThat(stale.field("Cache-Status")).matches("larder; hit; ttl=-?[0-9]+");
    assertThat(stale.field("Age")).isNotNull();
    assertThat(stale.field("Connection")).isEqualToIgnoringCase("close");
    // The renewal waits for /release, and is the only one.
    assertThat(get(path).text()).isEqualTo(first.text());
    assertThat(get("/release").status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(get(path).text()).isNotEqualTo(first.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/while-run", "/edge-while-run"})
  void renewal_thatFails_leavesTheStaleAnswer(String rule) throws Exception {
    String path = rule + "/failing?run=1";
    Reply first = get(path);
    for (String failure : new String[] {"throw", "error", "status", "gone"}) {
      next(path, failure);
      assertThat(get(path).text()).as(failure).startsWith("run ");
    }
    assertThat(first.text()).startsWith("run ");
  }

  @ParameterizedTest
  @CsvSource({
    "/if-error, throw, 500",
    "/if-error, error, 503",
    "/if-error, status, 502",
    "/if-error, status-closed, 502",
    "/edge-if-error, throw, 500",
    "/edge-if-error, error, 503",
    "/edge-if-error, status, 502",
    "/edge-if-error, status-closed, 502"
  })
  void staleAnswer_standsInForAFailure(String rule, String failure, String status)
      throws Exception {
    String path = rule + "/" + failure + "?run=1";
    Reply first = get(path);
    next(path, failure);

    Reply stale = get(path);

    assertThat(stale.status()).isEqualTo(200);
    assertThat(stale.text()).isEqualTo(first.text());
    assertThat(stale.field("X-Run")).isEqualTo(first.field("X-Run"));
    assertThat(stale.field("X-Failed")).isNull();
    assertThat(stale.field("Age")).isNotNull();
    assertThat(stale.field("Cache-Status")).startsWith("larder; fwd=stale; fwd-status=" + status);
    assertThat(get(path).text()).as("once it is well again").isNotEqualTo(first.text());
  }

  @ParameterizedTest
  @CsvSource({
    "/if-error/deny?run=1, deny, 500",
    "/if-error/gone?run=1, gone, 404",
    "/if-error/known?run=1, known, 503",
    "/if-error/must?run=1&control=max-age=1%2Cmust-revalidate, error, 503",
    "/if-error/proxy?run=1&control=max-age=1%2Cproxy-revalidate, error, 503",
    "/if-error/s-maxage?run=1&control=s-maxage=1, error, 503",
    "/if-error/no-cache?run=1&control=no-cache&tag=a, error, 503",
    "/edge-if-error/deny?run=1, deny, 500",
    "/edge-if-error/gone?run=1, gone, 404"
  })
  void failure_thatNothingMayStandInFor_reachesTheClient(String path, String failure, int status)
      throws Exception {
    assertThat(get(path).status()).isEqualTo(200);
    next(path, failure);
    assertThat(get(path, "Cache-Control: max-age=0").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same", "same-sent", "same-flushed", "same-closed", "same-forwarded"})
  void staleAnswer_isValidated_andTheClientGetsTheWhole(String answer) throws Exception {
    for (String rule : new String[] {"/if-error", "/edge-if-error"}) {
      String path = rule + "/" + answer + "?run=1&tag=" + answer;
      Reply first = get(path);
      next(path, answer);

      Reply validated = get(path);

      assertThat(validated.status()).as(path).isEqualTo(200);
      assertThat(validated.text()).isEqualTo(first.text());
      assertThat(validated.field("X-Asked")).isEqualTo('"' + answer + '"');
      assertThat(validated.field("ETag")).isEqualTo('"' + answer + '"');
      assertThat(validated.field("Cache-Status"))
          .startsWith("larder; fwd=stale; fwd-status=304; stored");
      next(path, answer);
      Reply own = get(path, "If-None-Match: \"" + answer + "\"");
      assertThat(own.status()).isEqualTo(304);
      assertThat(own.body()).isEmpty();
      next(path, answer);
      assertThat(get(path, "If-None-Match: \"other\"").text()).isEqualTo(first.text());
      assertThat(get(path).text()).as("changed").isNotEqualTo(first.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"same", "same-forwarded", "throw", "error", "status"})
  void staleAnswer_inPlaceOfTheServletsOwn_followsWhatFiltersHaveWritten(String next)
      throws Exception {
    String path = "/if-error/begun-" + next + "?run=1&tag=a&begun";
    Reply first = get(path);
    assertThat(first.text()).startsWith("begun, run ");
    next(path, next);
    Reply stale = get(path);
    assertThat(stale.field("Cache-Status")).contains("fwd=stale; fwd-status=");
    assertThat(stale.status()).isEqualTo(200);
    // The container forgets at a forward what has been written before it.
    int from = next.equals("same-forwarded") ? "begun, ".length() : 0;
    assertThat(stale.text()).isEqualTo(first.text().substring(from));
  }

  @Test
  void requestDirectives_areHonoured() throws Exception {
    String path = "/rfc/wanted?run=1&control=max-age=100";
    assertThat(get(path, "Cache-Control: only-if-cached").status()).isEqualTo(504);
    String first = get(path).text();
    assertThat(get(path, "Cache-Control: only-if-cached").text()).isEqualTo(first);
    assertThat(get(path, "Cache-Control: min-fresh=50").text()).isEqualTo(first);
    assertThat(get(path, "Cache-Control: no-store").text()).isNotEqualTo(first);
    assertThat(get(path).text()).isEqualTo(first);
    String second = get(path, "Cache-Control: min-fresh=200").text();
    assertThat(second).isNotEqualTo(first);
    String third = get(path, "Pragma: no-cache").text();
    assertThat(third).isNotEqualTo(second);
    Reply fourth = get(path, "Cache-Control: no-cache");
    assertThat(fourth.text()).isNotEqualTo(third);
    assertThat(fourth.field("Cache-Status")).startsWith("larder; fwd=request; stored");
    assertThat(get(path).text()).isEqualTo(fourth.text());
    String old = "/if-error/old?run=1";
    String stale = get(old).text();
    assertThat(get(old, "Cache-Control: max-stale=50").text()).isEqualTo(stale);
    assertThat(get(old, "Cache-Control: max-stale").text()).isEqualTo(stale);
  }

  @Test
  void range_ofAClientThatTakesCodings_getsTheWhole_sinceThePartMightBeCoded() throws Exception {
    String path = "/kept/ranged";
    byte[] whole = get(path).body();
    for (String coded : new String[] {"gzip", "br;q=0.5, identity", "*", "gzip;q=0, br"}) {
      Reply reply = get(path, "Range: bytes=1-2", "Accept-Encoding: " + coded);
      assertThat(reply.status()).as(coded).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(whole);
    }
    for (String plain : new String[] {"identity", "gzip;q=0", "gzip; q=0.0, identity;q=1"}) {
      Reply reply = get(path, "Range: bytes=1-2", "Accept-Encoding: " + plain);
      assertThat(reply.status()).as(plain).isEqualTo(206);
      assertThat(reply.body()).hasSize(2);
    }
  }

  @Test
  void ranges_areServedFromTheWhole() throws Exception {
    String path = "/rfc/whole?run=1&control=max-age=100&tag=t";
    byte[] whole = get(path).body();
    Reply part = get(path, "Range: bytes=1-2");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.field("Content-Range")).isEqualTo("bytes 1-2/" + whole.length);
    assertThat(part.text()).isEqualTo(new String(whole, 1, 2, StandardCharsets.UTF_8));
    assertThat(part.field("ETag")).isEqualTo("\"t\"");
    assertThat(get(path, "Range: bytes=-1").body()).containsExactly(whole[whole.length - 1]);
    assertThat(get(path, "Range: bytes=2-").body()).hasSize(whole.length - 2);
    Reply none = get(path, "Range: bytes=900-");
    assertThat(none.status()).isEqualTo(416);
    assertThat(none.field("Content-Range")).isEqualTo("bytes */" + whole.length);
    assertThat(get(path, "Range: bytes=0-0,2-2").body()).isEqualTo(whole);
    assertThat(get(path, "Range: bytes=0-0", "If-Range: \"t\"").status()).isEqualTo(206);
    assertThat(get(path, "Range: bytes=0-0", "If-Range: W/\"t\"").body()).isEqualTo(whole);
    assertThat(get(path, "Range: bytes=0-0", "If-None-Match: \"t\"").status()).isEqualTo(304);
    assertThat(Wire.ask(port, "HEAD", path, "Range: bytes=0-0").status()).isEqualTo(200);
  }

  @Test
  void head_validatesWhatIsStale_andLeavesGetAlone() throws Exception {
    String path = "/if-error/head?run=1&tag=h";
    Reply first = get(path);
    next(path, "same");
    Reply head = Wire.ask(port, "HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.field("Cache-Status")).contains("fwd-status=304; stored");
    assertThat(head.field("Content-Length")).isEqualTo(Integer.toString(first.body().length));
    String cold = "/rfc/head?run=1&control=max-age=100";
    assertThat(Wire.ask(port, "HEAD", cold).field("Cache-Status")).doesNotContain("stored");
    assertThat(get(cold).field("Cache-Status")).contains("uri-miss");
  }

  @Test
  void head_thatFindsAnotherAnswer_storesItInPlaceOfTheOld() throws Exception {
    String path = "/rfc/head-anew?run=1&control=max-age=100";
    Reply old = get(path);
    Reply head = Wire.ask(port, "HEAD", path, "Cache-Control: no-cache");
    assertThat(head.body()).isEmpty();
    assertThat(head.field("Cache-Status")).startsWith("larder; fwd=request; stored");

    Reply then = get(path);

    assertThat(then.field("Cache-Status")).startsWith("larder; hit");
    assertThat(then.field("X-Run")).isEqualTo(head.field("X-Run")).isNotEqualTo(old.field("X-Run"));
    assertThat(then.text()).isNotEmpty().isNotEqualTo(old.text());
  }
}
