/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The console of a running JVM, as those see it who have its token, and those who have not. */
class ConsoleIT {

  private static final String TOKEN = "open sesame, or not";
  private static final String BEARER = "Authorization: Bearer " + TOKEN;

  @OnEachJdk
  void console_withAToken_answersWhoHasItAndShowsTheMetricsToAll(Jdk jdk) {
    int port = Ports.free();
    try (Talking app = Talking.to(withConsole(port), jdk)) {
      app.ask("keyed 1");
      app.ask("keyed 1");
      awaitOpen(port);

      for (String path :
          List.of("/", "/console.js", "/api/caches", "/api/status", "/api/history", "/nothing")) {
        assertThat(status(get(port, path))).as(path).isEqualTo(401);
        assertThat(get(port, path)).as(path).contains("WWW-Authenticate: Bearer");
        assertThat(status(get(port, path, "Authorization: Bearer open sesame"))).isEqualTo(401);
      }
      for (String path :
          List.of("/", "/console.js", "/console.css", "/api/caches", "/api/history")) {
        String answer = get(port, path, BEARER);
        assertThat(status(answer)).as(path).isEqualTo(200);
        assertThat(answer)
            .contains("Cache-Control: no-store", "X-Content-Type-Options: nosniff")
            .contains("Content-Security-Policy: default-src 'none'")
            .doesNotContain("Access-Control-");
      }
      assertThat(get(port, "/metrics"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Type: text/plain; version=0.0.4")
          .contains("\ncache_gets_total{cache=\"keyed\",result=\"hit\"} 1\n")
          .contains("\ncache_gets_total{cache=\"keyed\",result=\"miss\"} 1\n")
          .contains("\ncache_puts_total{cache=\"keyed\"} 1\n")
          .contains("\ncache_size{cache=\"keyed\"} 1\n")
          .contains("\ncache_load_duration_seconds_count{cache=\"keyed\"} 1\n");
      assertThat(get(port, "/api/caches/keyed", BEARER))
          .contains("{\"cache\":\"keyed\",\"rule\":false,\"hits\":1,\"misses\":1,")
          .contains("\"hitRatio\":0.5,");
      assertThat(get(port, "/api/status", BEARER))
          .contains("\"backend\":\"memory\",\"prefix\":\"shop\"", "\"entries\":1");
      assertThat(app.err()).as("a token that is configured is printed nowhere").hasSize(1);
    }
  }

  @OnEachJdk
  void request_ofAForeignHostOrOrigin_isRefused(Jdk jdk) {
    int port = Ports.free();
    try (Talking app = Talking.to(withConsole(port), jdk)) {
      String kept = app.ask("keyed 1");
      awaitOpen(port);

      String foreign = "POST /api/clear HTTP/1.1\r\nHost: evil.example:" + port + "\r\n";
      assertThat(status(send(port, foreign + BEARER))).isEqualTo(403);
      assertThat(status(send(port, "GET /metrics HTTP/1.1\r\nHost: evil.example"))).isEqualTo(403);
      assertThat(status(send(port, "GET /metrics HTTP/1.0"))).isEqualTo(403);
      for (String origin : List.of("http://evil.example", "null", "https://127.0.0.1:" + port)) {
        assertThat(status(post(port, "/api/clear", BEARER, "Origin: " + origin))).isEqualTo(403);
        assertThat(status(get(port, "/metrics", "Origin: " + origin))).isEqualTo(403);
      }
      assertThat(status(get(port, "/api/clear", BEARER))).isEqualTo(405);
      assertThat(app.ask("keyed 1")).isEqualTo(kept);

      String own = "Origin: http://127.0.0.1:" + port;
      assertThat(post(port, "/api/clear", BEARER, own)).endsWith("{\"removed\":1}");
      assertThat(app.ask("keyed 1")).isNotEqualTo(kept);
    }
  }

  @OnEachJdk
  void removals_byTheApi_areSeenByTheApplication(Jdk jdk) {
    int port = Ports.free();
    try (Talking app = Talking.to(withConsole(port), jdk)) {
      String evicted = app.ask("keyed 1");
      String kept = app.ask("keyed 2");
      String tagged = app.ask("tagged 1");
      String byArguments = app.ask("users 1");
      awaitOpen(port);

      assertThat(post(port, "/api/caches/keyed/evict?key=1", BEARER)).endsWith("{\"removed\":1}");
      assertThat(app.ask("keyed 1")).isNotEqualTo(evicted);
      assertThat(app.ask("keyed 2")).isEqualTo(kept);
      assertThat(post(port, "/api/caches/users/evict?arg=1&arg=EUR", BEARER))
          .endsWith("{\"removed\":1}");
      assertThat(app.ask("users 1")).isNotEqualTo(byArguments);
      assertThat(post(port, "/api/tags/all/evict", BEARER)).endsWith("{\"removed\":1}");
      assertThat(app.ask("tagged 1")).isNotEqualTo(tagged);
      assertThat(post(port, "/api/caches/keyed/clear", BEARER)).endsWith("{\"removed\":2}");
      assertThat(app.ask("keyed 2")).isNotEqualTo(kept);
      assertThat(status(post(port, "/api/caches/other/clear", BEARER))).isEqualTo(404);
    }
  }

  @OnEachJdk
  void console_withoutAToken_printsOneThatOpensIt(Jdk jdk) {
    App app = App.named("remote").agent("console=127.0.0.1:0");
    try (Talking talking = Talking.to(app, jdk)) {
      talking.ask("keyed 1");
      String said =
          await()
              .until(
                  () ->
                      talking.err().stream()
                          .filter(line -> line.startsWith("[larder] console at "))
                          .findFirst(),
                  Optional::isPresent)
              .orElseThrow();
      int port = Integer.parseInt(said.replaceFirst(".*http://127\\.0\\.0\\.1:(\\d+)/#.*", "$1"));
      String token = said.substring(said.indexOf("#token=") + "#token=".length());

      assertThat(token).hasSizeGreaterThan(30);
      assertThat(status(get(port, "/api/caches"))).isEqualTo(401);
      assertThat(status(get(port, "/api/caches", "Authorization: Bearer " + token))).isEqualTo(200);
      String page = "/?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
      assertThat(status(get(port, page))).isEqualTo(200);
      assertThat(talking.err()).hasSize(2);
    }
  }

  @OnEachJdk
  void request_thatIsTooLongOrNone_isRefusedInBounds(Jdk jdk) {
    int port = Ports.free();
    try (Talking app = Talking.to(withConsole(port), jdk)) {
      awaitOpen(port);

      assertThat(status(get(port, "/" + "a".repeat(20_000)))).isEqualTo(414);
      assertThat(status(get(port, "/metrics", "X: " + "a".repeat(40_000)))).isEqualTo(431);
      assertThat(post(port, "/api/clear", BEARER, "Content-Length: 100000"))
          .startsWith("HTTP/1.1 413 ")
          .contains("{\"status\":413,");
      assertThat(status(get(port, "/api/caches/%zz", BEARER))).isEqualTo(400);
      assertThat(status(send(port, "GET http://evil.example/ HTTP/1.1\r\nHost: x"))).isEqualTo(400);
      assertThat(status(get(port, "/metrics"))).isEqualTo(200);
      assertThat(app.err()).hasSize(1);
    }
  }

  @OnEachJdk
  void port_thatIsTaken_isWarnedOfAndTheApplicationRuns(Jdk jdk) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Talking app = Talking.to(withConsole(taken.getLocalPort()), jdk)) {
      assertThat(app.ask("keyed 1")).isEqualTo(app.ask("keyed 1"));
      await().until(() -> app.err().size() > 1);

      assertThat(app.err())
          .hasSize(2)
          .element(1)
          .asString()
          .startsWith("[larder] WARN console = 127.0.0.1:" + taken.getLocalPort())
          .contains("in use", "free", "all else goes on");
      assertThat(app.ask("keyed 2")).isEqualTo(app.ask("keyed 2"));
    }
  }

  @OnEachJdk
  void address_ofAnotherMachine_isWarnedOfAndTheApplicationRuns(Jdk jdk) {
    App elsewhere = App.named("remote").agent("console=192.0.2.1:9437");
    try (Talking app = Talking.to(elsewhere, jdk)) {
      assertThat(app.ask("keyed 1")).isEqualTo(app.ask("keyed 1"));
      await().until(() -> app.err().size() > 1);

      assertThat(app.err()).element(1).asString().contains("192.0.2.1:9437", "all else goes on");
    }
  }

  @OnEachJdk
  void console_ofAnAgentThatIsAttached_opensAsWell(Jdk jdk) {
    int port = Ports.free();
    try (Talking app = Talking.to(App.named("remote"), jdk)) {
      app.ask("runs");
      assertThat(Command.of(jdk, "attach", app.pid(), options(port)).exit()).isZero();
      awaitOpen(port);
      app.ask("keyed 1");

      assertThat(get(port, "/metrics"))
          .contains("\ncache_gets_total{cache=\"keyed\",result=\"miss\"} 1\n");
    }
  }

  /** Of all that a JVM has once, the console's library takes nothing. */
  @OnEachJdk
  void application_takingWhatAJvmHasOnce_findsItFree(Jdk jdk) {
    int port = Ports.free();
    App own = App.named("own").argument("runs").agent(options(port));
    try (Talking talking = Talking.to(own, jdk)) {
      assertThat(talking.listen()).isEqualTo("runs");
      awaitOpen(port);
      assertThat(status(get(port, "/api/caches", BEARER))).isEqualTo(200);

      assertThat(talking.ask("")).isEqualTo("cached=run 1|run 1|run 2|run 2");

      String next = talking.listen();
      for (; !next.startsWith("handler="); next = talking.listen()) {
        assertThat(next).doesNotContain("netty");
      }
      ApplicationOwnIT.assertFree(next, talking);
    }
  }

  @OnEachJdk
  void jvm_withAConsole_endsAsItsApplicationEndsIt(Jdk jdk) {
    for (String way : List.of("return", "other thread")) {
      Run run = App.named("exit").agent(options(Ports.free())).argument(way).run(jdk).ok();

      assertThat(run.out()).as(way).contains("cached=1");
      run.onlyStartLine();
    }
  }

  @OnEachJdk
  void jvm_whoseConsoleIsAsked_endsByItself(Jdk jdk) throws IOException {
    int port = Ports.free();
    try (Talking app = Talking.to(withConsole(port), jdk)) {
      awaitOpen(port);
      try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
        open.getOutputStream().write("GET /metrics HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(app.ask("exit")).startsWith("hits in the hook");

        app.awaitEnd(Duration.ofSeconds(10));
        assertThat(app.err()).hasSize(1);
      }
    }
  }

  private static App withConsole(int port) {
    return App.named("remote").agent("prefix=shop;" + options(port));
  }

  private static String options(int port) {
    return "console=127.0.0.1:" + port + ";console.token=" + TOKEN;
  }

  private static void awaitOpen(int port) {
    await().ignoreExceptions().until(() -> status(get(port, "/metrics")) == 200);
  }

  private static String get(int port, String target, String... fields) {
    return request("GET", port, target, fields);
  }

  private static String post(int port, String target, String... fields) {
    return request("POST", port, target, fields);
  }

  private static String request(String method, int port, String target, String... fields) {
    String head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port;
    return send(port, fields.length == 0 ? head : head + "\r\n" + String.join("\r\n", fields));
  }

  /** What comes back for the lines of a request's head, as it is on the wire, until the end. */
  private static String send(int port, String head) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String all = head + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }
}
