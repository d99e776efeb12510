/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Daemons;
import dev.larder.spi.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.MemcachedNode;

/**
 * Makes the client, in the background and until the servers' names can be looked up, and asks how
 * long an item may be. The client itself connects, and connects again; but its only thread ends
 * with whatever error is thrown on it, as for want of memory: another client is made then.
 */
final class MemcachedConnector implements AutoCloseable {

  private static final long RETRY_MILLIS = 1_000;

  /** What Memcached takes unless it is told otherwise. */
  private static final int USUAL_ITEM_SIZE = 1024 * 1024;

  private final MemcachedSettings settings;
  private final long timeout;
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          task -> Daemons.threadOf(MemcachedClient.class, "larder-memcached-connect", task));
  private volatile MemcachedClient client;
  private volatile String reason = "";
  private volatile int itemSize = USUAL_ITEM_SIZE;
  private boolean closed;

  MemcachedConnector(MemcachedSettings settings, long timeout) {
    this.settings = settings;
    this.timeout = timeout;
    background.execute(() -> untilDone(this::connect));
  }

  /** Whether there is a client, though its servers may be away. */
  boolean hasClient() {
    return client != null;
  }

  /**
   * Sends a request to the server of its key; it fails where there is no connection.
   *
   * @throws IllegalStateException if too many wait
   */
  CompletableFuture<Answer> ask(Request request) {
    MemcachedClient asked = client;
    if (asked == null) {
      return CompletableFuture.failedFuture(
          new BackendException(
              Kind.UNAVAILABLE, "there is no connection to Memcached" + reason, null));
    }
    return send(asked, asked.getConnection().getLocator().getPrimary(request.key()), request);
  }

  private static CompletableFuture<Answer> send(
      MemcachedClient client, MemcachedNode node, Request request) {
    if (!node.isActive() || !node.isAuthenticated()) {
      request.fail();
      return request.answer();
    }
    boolean interrupted = Thread.interrupted(); // or the client would not even send it
    try {
      client.getConnection().addOperations(Map.of(node, request));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return request.answer();
  }

  /** How long an item may be, with its key and what the server adds. */
  int itemSize() {
    return itemSize;
  }

  /** Why there is no client, behind a colon; empty where that is not known yet. */
  String reason() {
    return reason;
  }

  /** Does something until it says that it is done, after a pause each time; whatever it throws. */
  private void untilDone(BooleanSupplier attempt) {
    boolean done = false;
    try {
      done = attempt.getAsBoolean();
    } catch (RuntimeException | Error failed) {
      reason = ": " + failed;
    }
    if (!done && !background.isShutdown()) {
      background.schedule(() -> untilDone(attempt), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean connect() {
    List<InetSocketAddress> addresses =
        settings.servers().stream()
            .map(server -> new InetSocketAddress(server.getHostString(), server.getPort()))
            .toList();
    for (InetSocketAddress address : addresses) {
      if (address.isUnresolved()) {
        reason = ": no address is known of " + address.getHostString();
        return false;
      }
    }
    synchronized (this) {
      if (closed) {
        return true;
      }
      try {
        MemcachedClient made = new MemcachedClient(new ClientFactory(settings, timeout), addresses);
        made.getConnection().setUncaughtExceptionHandler((thread, death) -> replace(made, death));
        client = made;
      } catch (IOException away) {
        reason = ": " + away;
        return false;
      }
    }
    background.execute(() -> untilDone(this::learnItemSize));
    return true;
  }

  /** Makes another client in place of one whose thread has died. */
  private void replace(MemcachedClient dead, Throwable death) {
    synchronized (this) {
      if (closed) {
        return;
      }
      client = null;
      reason = ": " + death;
      background.schedule(
          () -> {
            dead.shutdown();
            untilDone(this::connect);
          },
          RETRY_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  /** Asks for the smallest limit of the servers; whether one of them has said it. */
  private boolean learnItemSize() {
    MemcachedClient asked = client;
    if (asked == null) {
      return true;
    }
    Set<Integer> sizes = ConcurrentHashMap.newKeySet();
    Deadline deadline = Deadline.in(timeout);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (MemcachedNode node : asked.getConnection().getLocator().getAll()) {
      BiConsumer<String, String> told =
          (name, value) -> {
            if (name.equals("item_size_max") && value.matches("\\d{1,10}")) {
              sizes.add((int) Math.min(Integer.MAX_VALUE, Long.parseLong(value)));
            }
          };
      answers.add(send(asked, node, Request.stats("settings", told, deadline)));
    }
    for (CompletableFuture<Answer> each : answers) {
      try {
        each.join();
      } catch (CompletionException away) {
        // Others may have said it; it is asked again where none has.
      }
    }
    int smallest = sizes.stream().mapToInt(size -> size).min().orElse(0);
    if (smallest > 0) {
      itemSize = smallest;
    }
    return smallest > 0;
  }

  @Override
  public void close() {
    MemcachedClient last;
    synchronized (this) {
      closed = true;
      background.shutdownNow();
      last = client;
      client = null;
    }
    if (last != null) {
      last.shutdown();
    }
  }
}
