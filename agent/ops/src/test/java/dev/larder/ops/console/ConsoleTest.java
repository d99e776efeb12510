/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The console over real sockets. */
class ConsoleTest {

  private final FakeHoldings holdings = new FakeHoldings().with("a", 3, 1, 1, 2_000_000);

  /** The thread of a console that was closed ends by itself, after its close has returned. */
  @BeforeEach
  void awaitEndOfOthers() {
    await().until(() -> threads().isEmpty());
  }

  @Test
  void console_open_answersAndKeepsItsConnections() throws Exception {
    try (Console console = open()) {
      HttpClient client = HttpClient.newHttpClient();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = client.send(to(console, "metrics"), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("cache_gets_total{cache=\"a\",result=\"hit\"} 3");
      }
      HttpRequest history =
          HttpRequest.newBuilder(URI.create(console.url() + "api/history"))
              .header("Authorization", "Bearer " + console.madeToken())
              .build();
      await()
          .untilAsserted(
              () ->
                  assertThat(client.send(history, BodyHandlers.ofString()).body())
                      .contains("\"hits\":3,\"misses\":1,\"hitRatio\":0.75,"));
    }
  }

  /** Whoever waits for the port asks as soon as it takes connections. */
  @RepeatedTest(20)
  void request_ofAConnectionAsEarlyAsCanBe_isAnswered() throws Exception {
    int from;
    int to;
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket other = new ServerSocket(0)) {
      from =
          one.getLocalPort(); // a port chosen anew at each attempt would one day be the console's
      to = other.getLocalPort();
    }
    FutureTask<String> answer = new FutureTask<>(() -> askOnceItListens(from, to));
    new Thread(answer).start();

    try (Console console = Console.open("127.0.0.1:" + to, null, Map::of, holdings)) {
      assertThat(answer.get()).as(console.url()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private static String askOnceItListens(int from, int to) throws IOException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), from));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to));
        String request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + to + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      } catch (ConnectException notYet) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void console_thatFailsAtARequest_saysSoAndGoesOn() throws Exception {
    try (Console console = open()) {
      HttpClient client = HttpClient.newHttpClient();
      holdings.caches.put("broken", null);

      assertThat(client.send(to(console, "metrics"), BodyHandlers.ofString()).statusCode())
          .isEqualTo(500);

      holdings.caches.remove("broken");
      assertThat(client.send(to(console, "metrics"), BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void connections_moreThanItTakes_areClosedAndTheOthersStay() throws Exception {
    List<Socket> open = new ArrayList<>();
    try (Console console = open()) {
      for (int i = 0; i < 64; i++) {
        open.add(connect(console));
      }
      try (Socket tooMany = connect(console)) {
        tooMany.setSoTimeout(10_000); // an idle one is closed as well, but much later
        assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
      }
      open.remove(0).close();
      await()
          .ignoreExceptions()
          .until(
              () ->
                  HttpClient.newHttpClient()
                          .send(to(console, "metrics"), BodyHandlers.discarding())
                          .statusCode()
                      == 200);
    } finally {
      for (Socket each : open) {
        each.close();
      }
    }
  }

  @Test
  void console_closed_leavesNoThread() throws IOException {
    Console console = open();
    assertThat(threads()).allMatch(Thread::isDaemon).hasSize(1);

    console.close();

    await().until(() -> threads().isEmpty());
  }

  @Test
  void port_thatIsTaken_isSaidAndLeavesNoThread() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String at = "127.0.0.1:" + taken.getLocalPort();

      assertThatThrownBy(() -> Console.open(at, null, Map::of, holdings))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");

      await().until(() -> threads().isEmpty());
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("globalEventExecutor"));
    }
  }

  private Console open() throws IOException {
    return Console.open("127.0.0.1:0", null, Map::of, holdings);
  }

  private static HttpRequest to(Console console, String path) {
    return HttpRequest.newBuilder(URI.create(console.url() + path)).build();
  }

  private static Socket connect(Console console) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(console.url()).getPort());
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("larder-console"))
        .toList();
  }
}
