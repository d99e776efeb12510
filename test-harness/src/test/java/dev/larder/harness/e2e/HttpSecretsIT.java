/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What requests and answers keep secret is written nowhere, however much Larder is to say. */
class HttpSecretsIT {

  private static final String SECRET = "s3cret-of-ann";

  private static final String RULES =
      """
      log-level = trace
      http.visitors.paths = /visitors/**
      http.visitors.store = 60s
      http.edge.paths = /edge/**
      http.edge.store = 60s
      http.edge.at = edge
      http.soon.paths = /soon/**
      http.soon.store = 1ms
      http.soon.stale-while-revalidate = 1m
      """;

  @OnEachJdk
  void secrets_ofRequestsAndAnswers_areWrittenNowhere(Jdk jdk) throws IOException {
    try (ServerApp shop =
        ServerApp.start(
            Container.TOMCAT_10
                .running("servlet", "/shop")
                .file("larder.properties", RULES)
                .agent(),
            jdk)) {
      List<String> answers =
          List.of("plain", "plain?cookie=1", "over", "flushed", "error", "async");
      for (String place : new String[] {"visitors", "edge", "soon"}) {
        for (String answer : answers) {
          String target = "/shop/" + place + '/' + answer;
          for (List<String> fields : NeverSharedCases.PRIVATE_REQUESTS) {
            List<String> secret = new ArrayList<>(fields);
            secret.replaceAll(field -> field.replace("ann", SECRET));
            Connection.get(shop, target, secret.toArray(String[]::new));
          }
          try (Connection gone = new Connection(shop)) {
            gone.send(Connection.request("GET", target, "Authorization: Basic " + SECRET));
            gone.reset();
          }
        }
        String inThePath = "/plain;jsessionid=" + SECRET + "?Cache-Control=no-store";
        assertThat(Connection.get(shop, "/shop/" + place + inThePath).status()).isEqualTo(200);
        Reply changed =
            Connection.once(
                shop,
                "POST",
                "/shop/" + place + "/plain;jsessionid=" + SECRET,
                "Content-Length: 0",
                "X-Answer-Location: http://[" + SECRET);
        assertThat(changed.status()).isEqualTo(204);
      }

      assertThat(shop.errors())
          .as("what Larder says")
          .anyMatch(line -> line.startsWith("[larder]"));
      assertThat(shop.errors()).noneMatch(line -> line.contains(SECRET));
      assertThat(shop.output()).noneMatch(line -> line.contains(SECRET));
    }
  }
}
