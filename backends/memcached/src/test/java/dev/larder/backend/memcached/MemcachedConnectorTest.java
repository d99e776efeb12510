/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MemcachedConnectorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static MemcachedConnector connector(List<InetSocketAddress> servers) {
    return new MemcachedConnector(new MemcachedSettings(servers, null, null), 250);
  }

  @Test
  void connect_whatIsUnexpectedIsThrownFirst_isTriedAgain() {
    Deque<Error> thrown = new ArrayDeque<>(List.of(new OutOfMemoryError("no thread, as it were")));
    List<InetSocketAddress> servers =
        new AbstractList<>() {
          @Override
          public InetSocketAddress get(int index) {
            Error next = thrown.poll();
            if (next != null) {
              throw next;
            }
            return InetSocketAddress.createUnresolved("127.0.0.1", 1);
          }

          @Override
          public int size() {
            return 1;
          }
        };
    try (MemcachedConnector connector = connector(servers)) {
      Awaitility.await().atMost(PATIENCE).until(() -> connector.client() != null);
      assertThat(connector.reason())
          .isEqualTo(": java.lang.OutOfMemoryError: no thread, as it were");
    }
  }

  @Test
  void connect_aNameThatNobodyKnows_isTheReason() {
    try (MemcachedConnector connector =
        connector(List.of(InetSocketAddress.createUnresolved("nobody.invalid", 1)))) {
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(connector.reason())
                      .isEqualTo(": no address is known of nobody.invalid"));
      assertThat(connector.client()).isNull();
    }
  }

  /** Answers the first request by the head of an answer that no heap has room for. */
  private static void answerRubbishOnce(ServerSocket server) {
    byte[] head = new byte[24];
    head[0] = (byte) 0x81;
    head[8] = Byte.MAX_VALUE;
    Arrays.fill(head, 9, 12, (byte) 0xff);
    Thread thread =
        new Thread(
            () -> {
              try (Socket first = server.accept()) {
                first.getInputStream().read();
                first.getOutputStream().write(head);
                server.accept().getInputStream().readAllBytes();
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void client_whoseThreadDiesOfAnAnswer_isReplaced() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      answerRubbishOnce(server);
      InetSocketAddress address =
          InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
      try (MemcachedConnector connector = connector(List.of(address))) {
        // With assertions on, as here, the client has one that fails before it asks for the room.
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> connector.reason().startsWith(": java.lang."));
        Awaitility.await().atMost(PATIENCE).until(() -> connector.client() != null);
      }
    }
  }
}
