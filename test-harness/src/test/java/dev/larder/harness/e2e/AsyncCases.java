/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.e2e.Connection.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** What holds of answers that come about asynchronously: stored, and renewed behind stale ones. */
interface AsyncCases extends Shops {

  /** The ways in which a servlet goes on elsewhere, and one in which it does not. */
  List<String> WAYS = List.of("plain", "async", "async-own", "async-start", "async-dispatch");

  /** Where what is stored lives for 20 ms, and is served stale for an hour. */
  List<String> RENEWED = List.of("/shop/renewed/", "/shop/renewed-edge/");

  @OnEachJdk
  default void asynchronousAnswer_isStoredAndServedLikeAnyOther(Jdk jdk) {
    for (String place : new String[] {"/shop/visitors/", "/shop/edge/"}) {
      for (String way : WAYS) {
        String path = place + way + "/as-any-other";
        Reply first = get(jdk, path);
        Reply second = get(jdk, path);
        assertThat(first.isStored()).as("%s: %s", path, first).isTrue();
        assertThat(first.body()).as(path).endsWith(" for nobody");
        assertThat(second.isHit()).as("%s: %s", path, second).isTrue();
        assertThat(second.body()).as(path).isEqualTo(first.body());
      }
    }
  }

  @OnEachJdk
  default void asynchronousAnswer_ofSomebodyWhoLoggedInMeanwhile_isNotStored(Jdk jdk) {
    for (String way : WAYS) {
      if (!way.equals("plain")) {
        for (String end : new String[] {"login", "session"}) {
          String path = "/shop/named/" + way + "/" + end;
          Reply own = get(jdk, path, "X-Async-End: " + end);
          assertThat(own.body()).endsWith(" by way of " + end);
          assertThat(own.isStored()).as("%s: %s", path, own).isFalse();
          assertThat(get(jdk, path).isHit()).as(path).isFalse();
        }
      }
    }
  }

  /** It would be served through that wrapper, which has not seen it. */
  @OnEachJdk
  default void answerThatIsWrittenPastAFiltersWrapper_isNotStored(Jdk jdk) {
    for (String way : WAYS) {
      String path = "/shop/visitors/" + way + "/past-a-wrapper";
      Reply first = get(jdk, path, "X-Door-Wrap: 1");
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.isStored()).as("%s: %s", path, first).isEqualTo(!way.equals("async-own"));
    }
  }

  @OnEachJdk
  default void staleAnswer_ofAnyKind_isServedAndThenRenewed(Jdk jdk) {
    for (String place : RENEWED) {
      for (String way : WAYS) {
        String path = place + way + "/renewed";
        Reply first = awaitStored(jdk, path);
        awaitStale();

        Reply stale = get(jdk, path);

        assertThat(stale.isHit()).as("%s: %s", path, stale).isTrue();
        assertThat(stale.body()).as(path).isEqualTo(first.body());
        assertThat(stale.field("Connection")).as(path).isEqualTo("close");
        awaitRenewed(jdk, path, first);
      }
    }
  }

  @OnEachJdk
  default void renewalUnderWay_holdsUpNobody(Jdk jdk) {
    for (String place : RENEWED) {
      String path = place + "async-gated/under-way";
      Reply first =
          awaiting(jdk, path)
              .pollInterval(Duration.ofMillis(100)) // or runs would be let go on before they begin
              .until(
                  () -> {
                    open(jdk, place);
                    return get(jdk, path);
                  },
                  Reply::isStored);
      awaitStale();
      for (int i = 0; i < 5; i++) {
        Reply stale = get(jdk, path);
        assertThat(stale.isHit()).as("%s: %s", path, stale).isTrue();
        assertThat(stale.body()).as(path).isEqualTo(first.body());
      }
      open(jdk, place);
      Reply second = awaitRenewed(jdk, path, first);
      assertThat(second.body()).as("only one run was under way").isEqualTo(next(first.body()));
    }
  }

  @OnEachJdk
  default void asynchronousRenewal_thatFails_leavesTheStaleAnswer(Jdk jdk) {
    for (String place : RENEWED) {
      for (String way : new String[] {"async", "async-own", "async-dispatch"}) {
        for (String end : new String[] {"error", "throw", "session", "login", "timeout"}) {
          String path = place + way + "/" + end;
          Reply first = awaitStored(jdk, path);
          awaitStale();
          Reply stale = get(jdk, path, "X-Async-End: " + end);
          assertThat(stale.body()).as(path).isEqualTo(first.body());
          assertThat(stale.isHit()).as("%s: %s", path, stale).isTrue();
          Reply renewed = awaitRenewed(jdk, path, first);
          assertThat(renewed.body()).as("%s: %s", path, renewed).endsWith(" for nobody");
        }
      }
    }
  }

  /** Where a stored answer is served before the filters, only its renewal tells who is asking. */
  @OnEachJdk
  default void renewal_forSomebodyWhomAFilterKnows_isNotStored(Jdk jdk) {
    for (String way : WAYS) {
      for (String field : new String[] {"X-Door-Principal", "X-Door-Remote-User"}) {
        String path = "/shop/renewed-edge/" + way + "/" + field;
        Reply first = awaitStored(jdk, path);
        awaitStale();
        assertThat(get(jdk, path, field + ": ann").body()).isEqualTo(first.body());
        Reply renewed = awaitRenewed(jdk, path, first);
        assertThat(renewed.body()).as("%s: %s", path, renewed).endsWith(" for nobody");
      }
    }
  }

  @OnEachJdk
  default void staleAnswer_overHttp2_isRenewedAsynchronously(Jdk jdk) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (String place : RENEWED) {
      for (String way : WAYS) {
        String path = place + way + "/over-2";
        HttpResponse<String> first =
            awaiting(jdk, path)
                .until(
                    () -> ask(client, jdk, path),
                    answer ->
                        answer.headers().firstValue("Cache-Status").orElse("").contains("stored"));
        awaitStale();
        assertThat(ask(client, jdk, path).body()).isEqualTo(first.body());
        awaiting(jdk, path).until(() -> !ask(client, jdk, path).body().equals(first.body()));
      }
    }
  }

  private HttpResponse<String> ask(HttpClient client, Jdk jdk, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server(jdk).uri(path)).timeout(Duration.ofSeconds(30)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private Reply get(Jdk jdk, String path, String... fields) {
    return Connection.get(server(jdk), path, fields);
  }

  /** A wait for what a server does that has been started before. */
  private ConditionFactory awaiting(Jdk jdk, String path) {
    server(jdk);
    return await(path)
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5));
  }

  /** Asks until a run was quick enough for its answer to be fresh when it ended. */
  private Reply awaitStored(Jdk jdk, String path) {
    return awaiting(jdk, path).until(() -> get(jdk, path), Reply::isStored);
  }

  /** Asks until another answer comes than the one given; that one. */
  private Reply awaitRenewed(Jdk jdk, String path, Reply before) {
    return awaiting(jdk, path)
        .until(() -> get(jdk, path), reply -> !reply.body().equals(before.body()));
  }

  /** Until what has just been stored for 20 ms is past its time. */
  private static void awaitStale() {
    long from = System.nanoTime();
    await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - from > 22_000_000);
  }

  /** Lets one gated run of a place go on. */
  private void open(Jdk jdk, String place) {
    Reply answer = Connection.once(server(jdk), "POST", place + "gate?open=1", "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(204);
  }

  /** What the servlet's next run would say. */
  private static String next(String body) {
    String[] words = body.split(" ");
    words[1] = Integer.toString(Integer.parseInt(words[1]) + 1);
    return String.join(" ", words);
  }
}
