/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * What a client gets that shows a certificate, beside one that shows none, of a server that wants
 * one and takes both.
 */
interface CertificateCases extends Shops {

  @OnEachJdk
  default void clientWithACertificate_neitherReadsNorFillsTheStore(Jdk jdk) throws IOException {
    for (String place : new String[] {"/shop/visitors/", "/shop/named/", "/shop/edge/"}) {
      String path = place + "with-a-certificate";
      String stored = assertStored(jdk, path);
      for (String client : Certificates.CLIENTS) {
        try (Connection connection = secure(jdk, client)) {
          for (int i = 0; i < 2; i++) {
            assertOwn(connection.ask("GET", path), client);
            Reply unlike = connection.ask("GET", path, "If-None-Match: \"x\"");
            assertOwn(unlike, client);
            assertOwn(connection.ask("GET", path + "-cold"), client);
            Reply head = connection.ask("HEAD", path);
            assertThat(head.isHit() || head.isStored()).as("%s: %s", path, head).isFalse();
          }
        }
      }
      assertThat(ask(jdk, null, path).body()).isEqualTo(stored);
      Reply cold = ask(jdk, null, path + "-cold");
      assertThat(cold.body()).as(path).endsWith(" for nobody");
      assertThat(cold.isStored()).as("%s: %s", path, cold).isTrue();
    }
  }

  @OnEachJdk
  default void http_andHttps_haveEachAnAnswerOfTheirOwn(Jdk jdk) throws IOException {
    for (String place : new String[] {"/shop/visitors/", "/shop/edge/"}) {
      String path = place + "by-either-scheme";
      Reply open = Connection.get(server(jdk), path);
      assertThat(open.isStored()).as("%s", open).isTrue();

      String secure = assertStored(jdk, path);

      assertThat(secure).isNotEqualTo(open.body());
      Reply again = Connection.get(server(jdk), path);
      assertThat(again.isHit()).as("%s", again).isTrue();
      assertThat(again.body()).isEqualTo(open.body());
    }
  }

  /** A personal answer, whose {@code Cache-Control} the rule has in words for all. */
  private static void assertOwn(Reply answer, String client) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).endsWith(" for CN=" + client);
    assertThat(answer.isHit() || answer.isStored()).as("%s", answer).isFalse();
    assertThat(answer.field("Cache-Control"))
        .contains("private")
        .doesNotContain("public")
        .doesNotContain("s-maxage");
  }

  /** Asks twice without a certificate, and makes sure that the second answer was stored. */
  private String assertStored(Jdk jdk, String path) throws IOException {
    Reply first = ask(jdk, null, path);
    Reply second = ask(jdk, null, path);
    assertThat(first.body()).as(path).endsWith(" for nobody");
    assertThat(first.isStored()).as("%s: %s", path, first).isTrue();
    assertThat(second.isHit()).as("%s: %s", path, second).isTrue();
    assertThat(second.body()).isEqualTo(first.body());
    return first.body();
  }

  private Reply ask(Jdk jdk, String client, String path) throws IOException {
    try (Connection connection = secure(jdk, client)) {
      return connection.ask("GET", path);
    }
  }

  /** A connection by TLS, of a client without a certificate where null is given. */
  private Connection secure(Jdk jdk, String client) throws IOException {
    int port =
        server(jdk).output().stream()
            .filter(line -> line.startsWith("https="))
            .mapToInt(line -> Integer.parseInt(line.substring("https=".length())))
            .findFirst()
            .orElseThrow();
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(30_000);
    SSLSocket socket =
        (SSLSocket)
            Certificates.of(client).getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
    socket.startHandshake();
    return new Connection(socket);
  }
}
