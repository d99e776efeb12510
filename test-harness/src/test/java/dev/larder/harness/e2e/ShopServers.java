/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** One web application in one container, under the agent and bare, until all tests have run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShopServers {

  private static final String RULES =
      """
      http.plain.paths = /plain/**
      http.plain.cache-control = public, max-age=60
      http.stored.paths = /stored/**
      http.stored.cache-control = public, max-age=30
      http.stored.store = 60s
      http.others.paths = /failing/**, /personal/**, /async/**, /events
      http.others.cache-control = public, max-age=60
      http.others.store = 60s
      http.corpus.paths = /corpus/**
      http.corpus.cache-control = public, max-age=60
      http.kept.paths = /kept/**
      http.kept.store = 60s
      """;

  private final Container container;
  private final Map<Jdk, ServerApp> guarded = new HashMap<>();
  private final Map<Jdk, ServerApp> bare = new HashMap<>();

  ShopServers(Container container) {
    this.container = container;
  }

  private App shop() {
    return container.running("servlet", "/shop");
  }

  final Container container() {
    return container;
  }

  /** The one that runs under the agent. */
  final ServerApp server(Jdk jdk) {
    return guarded.computeIfAbsent(
        jdk, on -> ServerApp.start(shop().file("larder.properties", RULES).agent(), on));
  }

  final ServerApp withoutAgent(Jdk jdk) {
    return bare.computeIfAbsent(jdk, on -> ServerApp.start(shop(), on));
  }

  @AfterAll
  void stop() {
    Stream.concat(guarded.values().stream(), bare.values().stream()).forEach(ServerApp::close);
  }
}
