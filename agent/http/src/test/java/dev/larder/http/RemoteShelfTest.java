/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.remote.Remotes;
import dev.larder.http.Shelf.Seen;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Codec;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Responses with a backend that accepts everything and answers nothing. */
class RemoteShelfTest {

  private final AtomicInteger asked = new AtomicInteger();
  private final Thread caller = Thread.currentThread();

  /** Answers Larder's own threads alone, with nothing. */
  private final Backend silent =
      (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (self, method, arguments) -> {
                if (method.isDefault()) {
                  return InvocationHandler.invokeDefault(self, method, arguments);
                }
                if (method.getName().equals("capabilities")) {
                  return Set.of();
                }
                if (method.getReturnType() != CompletionStage.class) {
                  return null;
                }
                if (Thread.currentThread() != caller) {
                  return CompletableFuture.completedFuture(null);
                }
                asked.incrementAndGet();
                return new CompletableFuture<>();
              });

  private final BackendFactory factory =
      new BackendFactory() {
        @Override
        public Backend create(String name) {
          return silent;
        }

        @Override
        public BackendSettings settings(Backend backend) {
          return new BackendSettings("test", 50, Map.of());
        }

        @Override
        public Codec codec(String className) {
          throw new IllegalArgumentException(className);
        }
      };

  @Test
  void request_thatLooksTwice_waitsForItsBackendOnce() {
    RemotePolicy policy =
        new RemotePolicy(
            "silent", "test", 50, "json", List.of(), List.of(), 0, List.of(), null, false, 0);
    Shelf.Counters counters = new Shelf.Counters();
    RemoteCache cache =
        new Remotes(factory, (name, backend, operation, failure) -> {})
            .cache("pages", policy, counters.errors);
    await().until(cache::isServing);
    RemoteShelf shelf = new RemoteShelf(cache, counters, new MemoryStores());

    Seen first = shelf.find("/page");
    int once = asked.get();
    assertThat(once).isPositive();
    Seen second = shelf.findOrLead("/page", first, 1_000, found -> !found.isEmpty());
    Seen third = shelf.findAgain("/page", second);

    assertThat(asked).as("its timeout is over").hasValue(once);
    assertThat(third.responses()).isEmpty();
    assertThat(third.begin()).isNull();
    assertThat(shelf.find("/page").responses()).isEmpty();
    assertThat(asked.get()).as("another request has a time of its own").isGreaterThan(once);
  }
}
