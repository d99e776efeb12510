/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayDeque;
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
      Awaitility.await().atMost(PATIENCE).until(() -> connector.hasClient());
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
      assertThat(connector.hasClient()).isFalse();
    }
  }

  @Test
  void client_whoseThreadDiesOfAnError_isReplaced() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      try (MemcachedConnector connector = connector(List.of(server.address()))) {
        server.serve(asked -> ScriptedServer.answer(asked, 0, "name", "value"));
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  Request deadly =
                      Request.stats(
                          "settings",
                          (name, value) -> {
                            throw new OutOfMemoryError("as it were");
                          },
                          Deadline.in(250));
                  connector.ask(deadly);
                  return connector.reason().equals(": java.lang.OutOfMemoryError: as it were");
                });
        Awaitility.await().atMost(PATIENCE).until(connector::hasClient);
      }
    }
  }
}
