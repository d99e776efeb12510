/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
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
import org.junit.jupiter.api.BeforeEach;
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
