/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import dev.larder.spi.Daemons;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.spy.memcached.ConnectionFactory;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;

/**
 * Makes the client, in the background and until the servers' names can be looked up, and asks how
 * long an item may be. The client itself connects, and connects again; but its only thread ends
 * with whatever is unexpected, as the room that an answer of rubbish asks for: another client is
 * made then.
 */
final class MemcachedConnector implements AutoCloseable {

  private static final long RETRY_MILLIS = 1_000;
  private static final long MAX_RECONNECT_SECONDS = 1;
  private static final int TIMEOUTS_OF_A_DEAD_CONNECTION = 20;

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

  /** The client; null until there is one. */
  MemcachedClient client() {
    return client;
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
        MemcachedClient made = new MemcachedClient(factory(), addresses);
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

  private ConnectionFactory factory() {
    ConnectionFactoryBuilder builder =
        new ConnectionFactoryBuilder()
            .setProtocol(ConnectionFactoryBuilder.Protocol.BINARY)
            .setLocatorType(ConnectionFactoryBuilder.Locator.CONSISTENT)
            .setHashAlg(DefaultHashAlgorithm.KETAMA_HASH)
            .setFailureMode(FailureMode.Cancel)
            .setListenerExecutorService(Answers.DIRECT)
            .setOpTimeout(timeout)
            .setOpQueueMaxBlockTime(0)
            .setTimeoutExceptionThreshold(TIMEOUTS_OF_A_DEAD_CONNECTION)
            .setMaxReconnectDelay(MAX_RECONNECT_SECONDS)
            .setShouldOptimize(false)
            .setUseNagleAlgorithm(false)
            .setDaemon(true);
    if (settings.username() != null) {
      builder.setAuthDescriptor(
          new AuthDescriptor(
              new String[] {"PLAIN"},
              new PlainCallbackHandler(settings.username(), settings.password())));
    }
    return builder.build();
  }

  /** Asks for the smallest limit of the servers; whether one of them has said it. */
  private boolean learnItemSize() {
    MemcachedClient asked = client;
    if (asked == null) {
      return true;
    }
    int smallest =
        asked.getStats("settings").values().stream()
            .map((Map<String, String> stats) -> stats.get("item_size_max"))
            .filter(size -> size != null && size.matches("\\d{1,10}"))
            .mapToInt(size -> (int) Math.min(Integer.MAX_VALUE, Long.parseLong(size)))
            .min()
            .orElse(0);
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
