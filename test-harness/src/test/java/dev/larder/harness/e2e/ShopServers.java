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
abstract class ShopServers implements Shops {

  private static final String RULES =
      """
      http.plain.paths = /plain/**, /unstored/**
      http.plain.cache-control = public, max-age=60
      http.stored.paths = /stored/**
      http.stored.cache-control = public, max-age=30
      http.stored.store = 60s
      http.others.paths = /failing/**, /personal/**, /async/**, /events, /trickle/**
      http.others.cache-control = public, max-age=60
      http.others.store = 60s
      http.said.paths = /annotated/said/**
      http.said.cache-control = public, max-age=20
      http.corpus.paths = /corpus/**
      http.corpus.cache-control = public, max-age=60
      http.kept.paths = /kept/**
      http.kept.store = 60s
      http.visitors.paths = /visitors/**
      http.visitors.cache-control = public, max-age=60, s-maxage=60
      http.visitors.store = 60s
      http.visitors.max-body = 8KB
      http.visitors.tags = people
      http.named.paths = /named/**
      http.named.store = 60s
      http.named.cookies = user
      http.queried.paths = /queried/**
      http.queried.store = 60s
      http.queried.query = id
      http.counted.paths = /counted/**
      http.counted.store = 60s
      http.edge.paths = /edge/**
      http.edge.store = 60s
      http.edge.at = edge
      http.override.paths = /override/**
      http.override.cache-control = public, max-age=30
      http.override.store = 60s
      http.override.override = on
      http.override-edge.paths = /override-edge/**
      http.override-edge.cache-control = public, max-age=30
      http.override-edge.store = 60s
      http.override-edge.override = on
      http.override-edge.at = edge
      http.stripped.paths = /stripped/**
      http.stripped.store = 60s
      http.stripped.set-cookie = strip
      http.stripped-edge.paths = /stripped-edge/**
      http.stripped-edge.store = 60s
      http.stripped-edge.set-cookie = strip
      http.stripped-edge.at = edge
      http.cookied.paths = /cookied/**
      http.cookied.store = 60s
      http.cookied.set-cookie = store
      http.soon.paths = /soon/**
      http.soon.store = 1ms
      http.soon.stale-while-revalidate = 20ms
      http.soon.stale-if-error = 1m
      http.renewed.paths = /renewed/**
      http.renewed.store = 20ms
      http.renewed.stale-while-revalidate = 1h
      http.renewed-edge.paths = /renewed-edge/**
      http.renewed-edge.store = 20ms
      http.renewed-edge.stale-while-revalidate = 1h
      http.renewed-edge.at = edge
      http.styles.paths = /**/*.css
      http.styles.store = 60s
      """;

  private final Container container;
  private final Map<Jdk, ServerApp> guarded = new HashMap<>();
  private final Map<Jdk, ServerApp> bare = new HashMap<>();

  ShopServers(Container container) {
    this.container = container;
  }

  private App shop() {
    return container
        .running("servlet", "/shop")
        .argument(Certificates.folder().toString())
        .file("house.css", HttpServletUndertowIT.STYLES);
  }

  @Override
  public final Container container() {
    return container;
  }

  @Override
  public final ServerApp server(Jdk jdk) {
    return guarded.computeIfAbsent(
        jdk, on -> ServerApp.start(shop().file("larder.properties", RULES).agent(), on));
  }

  @Override
  public final ServerApp withoutAgent(Jdk jdk) {
    return bare.computeIfAbsent(jdk, on -> ServerApp.start(shop(), on));
  }

  @AfterAll
  void stop() {
    Stream.concat(guarded.values().stream(), bare.values().stream()).forEach(ServerApp::close);
  }
}
