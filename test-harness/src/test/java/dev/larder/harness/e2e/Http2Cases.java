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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The same over HTTP/2, to which a connection in clear is upgraded by its first request. */
interface Http2Cases extends Shops {

  @OnEachJdk
  default void http2_isAnsweredFromTheStore_andBy304(Jdk jdk) throws Exception {
    HttpClient client = client();
    String path = "/shop/stored/over-2";
    HttpResponse<String> first = ask(client, jdk, "GET", path);
    HttpResponse<String> second = ask(client, jdk, "GET", path);

    assertThat(status(first)).as("of the request that upgrades").contains("; stored");
    assertThat(status(second)).startsWith("larder; hit");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Age")).isPresent();
    String tag = second.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("ETag")).hasValue(tag);

    HttpResponse<String> unchanged = ask(client, jdk, "GET", path, "If-None-Match", tag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.headers().firstValue("ETag")).hasValue(tag);
    HttpResponse<String> head = ask(client, jdk, "HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).hasValue(tag);
    HttpResponse<String> part = ask(client, jdk, "GET", path, "Range", "bytes=1-2");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(first.body().substring(1, 3));
    assertThat(ask(client, jdk, "GET", path, "If-Match", "\"other\"").statusCode()).isEqualTo(412);

    assertThat(ask(client, jdk, "POST", path).statusCode()).isEqualTo(204);
    assertThat(ask(client, jdk, "GET", path).body()).as("after a POST").isNotEqualTo(first.body());
  }

  @OnEachJdk
  default void http2_ofOneUser_reachesNoOther(Jdk jdk) throws Exception {
    HttpClient client = client();
    String path = "/shop/visitors/over-2";
    assertThat(ask(client, jdk, "GET", path).body()).endsWith("for nobody");
    assertThat(ask(client, jdk, "GET", path, "Cookie", "user=ann").body()).endsWith("for ann");
    assertThat(ask(client, jdk, "GET", path, "Authorization", "Basic bob").body())
        .endsWith("for bob");
    assertThat(status(ask(client, jdk, "GET", path))).startsWith("larder; hit");
  }

  /** Over HTTP/2 a body needs no field that says so. */
  @OnEachJdk
  default void http2_withABodyThatNoFieldTellsOf_goesPastTheStore(Jdk jdk) throws Exception {
    HttpClient client = client();
    String path = "/shop/visitors/entity";
    String stored = ask(client, jdk, "GET", path).body();
    assertThat(status(ask(client, jdk, "GET", path))).startsWith("larder; hit");
    HttpRequest withBody =
        HttpRequest.newBuilder(server(jdk).uri(path))
            .method("GET", BodyPublishers.fromPublisher(BodyPublishers.ofString("in the body")))
            .build();

    HttpResponse<String> answer = client.send(withBody, BodyHandlers.ofString());

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(status(answer)).isEqualTo("larder; fwd=bypass");
    assertThat(answer.body()).as("the application reads it").endsWith("in the body");
    assertThat(ask(client, jdk, "GET", path).body()).isEqualTo(stored);
  }

  @OnEachJdk
  default void http2_streamsSideBySide_areEachWhole(Jdk jdk) throws Exception {
    HttpClient client = client();
    ask(client, jdk, "GET", "/shop/stored/first-of-all");
    List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String path = "/shop/named/" + (i % 2 == 0 ? "flood?size=200000" : "plain?i=" + i % 5);
      running.add(client.sendAsync(request(jdk, "GET", path), BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> each : running) {
      HttpResponse<String> answer = each.get();
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      if (answer.uri().getPath().endsWith("flood")) {
        assertThat(answer.body()).endsWith(" end").hasSizeGreaterThan(200_000);
      } else {
        assertThat(answer.body()).endsWith("for nobody");
      }
    }
  }

  @OnEachJdk
  default void http2_flushedBytes_reachTheClientBeforeTheEnd(Jdk jdk) throws Exception {
    HttpClient client = client();
    ask(client, jdk, "GET", "/shop/stored/first-of-all");
    for (String path : new String[] {"/shop/events", "/shop/trickle/flushed"}) {
      HttpResponse<InputStream> answer =
          send(client, jdk, BodyHandlers.ofInputStream(), "GET", path);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
        assertThat(lines.readLine()).as(path).isEqualTo("data: first");
        assertThat(lines.readLine()).isEmpty();
        assertThat(server(jdk).send("POST", "/shop/go", "x").statusCode()).isEqualTo(204);
        assertThat(lines.readLine()).as(path).isEqualTo("data: second");
      }
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
  }

  private HttpRequest request(Jdk jdk, String method, String path, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server(jdk).uri(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.noBody());
    return fields.length == 0 ? request.build() : request.headers(fields).build();
  }

  private HttpResponse<String> ask(
      HttpClient client, Jdk jdk, String method, String path, String... fields)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(client, jdk, BodyHandlers.ofString(), method, path, fields);
    assertThat(answer.version()).as(path).isEqualTo(HttpClient.Version.HTTP_2);
    return answer;
  }

  private <T> HttpResponse<T> send(
      HttpClient client,
      Jdk jdk,
      BodyHandler<T> handler,
      String method,
      String path,
      String... fields)
      throws IOException, InterruptedException {
    return client.send(request(jdk, method, path, fields), handler);
  }

  private static String status(HttpResponse<?> answer) {
    return answer.headers().firstValue("Cache-Status").orElse("none of Larder's");
  }
}
