/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Flushed bytes reach the client though more is to come: the application makes the rest when the
 * test has the beginning, and gives up after 20 s.
 */
interface StreamCases extends Shops {

  /** Half of how long the application waits: Larder itself adds 100 ms at most. */
  long SOON_NANOS = TimeUnit.SECONDS.toNanos(10);

  @OnEachJdk
  default void flushedBytes_withMoreToCome_reachTheClientLongBeforeTheEnd(Jdk jdk)
      throws IOException {
    for (String path : new String[] {"/trickle/flushed", "/trickle/written", "/trickle/async"}) {
      for (int run = 0; run < 2; run++) {
        try (Connection connection = new Connection(server(jdk))) {
          long begun = System.nanoTime();
          connection.send(Connection.request("GET", "/shop" + path));
          Reply head = connection.head();
          StringBuilder body = new StringBuilder();
          while (!body.toString().contains("first")) {
            body.append(connection.chunk());
          }
          assertThat(System.nanoTime() - begun).as(path).isLessThan(SOON_NANOS);
          assertThat(head.status()).isEqualTo(200);
          assertThat(head.field("Cache-Control")).as(path).isEqualTo("public, max-age=60");
          assertThat(head.field("ETag")).as(path).isNull();
          assertThat(head.isHit() || head.isStored()).as("%s: %s", path, head).isFalse();

          assertThat(server(jdk).send("POST", "/shop/go", "x").statusCode()).isEqualTo(204);
          for (String chunk = connection.chunk(); !chunk.isEmpty(); chunk = connection.chunk()) {
            body.append(chunk);
          }
          assertThat(body.toString())
              .as(path)
              .startsWith("data: first")
              .endsWith("data: second\n\n");
        }
      }
    }
  }

  /** Nothing can follow it, so that it is tagged and goes out as the application has it go. */
  @OnEachJdk
  default void flushedBody_ofTheLengthThatWasSaid_reachesTheClientTaggedLongBeforeTheEnd(Jdk jdk)
      throws IOException {
    String path = "/shop/plain/trickle/whole";
    String tag;
    try (Connection connection = new Connection(server(jdk))) {
      long begun = System.nanoTime();
      Reply answer = connection.ask("GET", path);
      assertThat(System.nanoTime() - begun).isLessThan(SOON_NANOS);
      assertThat(answer.body()).isEqualTo("data: first\n\ndata: first\n\n");
      assertThat(answer.field("Cache-Control")).isEqualTo("public, max-age=60");
      tag = answer.field("ETag");
      assertThat(tag).startsWith("W/");
      assertThat(server(jdk).send("POST", "/shop/go", "x").statusCode()).isEqualTo(204);
    }
    try (Connection connection = new Connection(server(jdk))) {
      assertThat(connection.ask("GET", path, "If-None-Match: " + tag).status()).isEqualTo(304);
      assertThat(server(jdk).send("POST", "/shop/go", "x").statusCode()).isEqualTo(204);
    }
  }
}
