/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.Deadline;
import dev.larder.spi.Timeouts;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Reads keys so that the server tells of their next change.
 *
 * <p>To each server whose keys are watched goes a connection of its own, with {@code CLIENT
 * TRACKING} in its default mode: what is read over it is what the server remembers, and answers and
 * pushes come in the order in which they happened. Reads of keys that nobody keeps go over the
 * common connection, and are not remembered. Where tracking is not to be had (an older server, a
 * proxy, a user who may not), Larder's own changes are published on a channel instead, and one
 * connection listens to it.
 *
 * <p>Such a connection is not mended. Once it is lost, or has not answered for a while, everything
 * that was read over it counts as changed, and the next read makes a new one.
 */
final class RedisWatch {

  private static final long PROBE_SECONDS = 3;
  private static final long BEAT_MILLIS = 400;
  private static final long TRY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

  /** The name of the one watcher that listens to the channel. */
  private static final String ON_CHANNEL = "";

  private final RedisConnector connector;
  private final BackendListener listener;
  private final RedisChannel channel;
  private final Map<String, Watcher> watchers = new ConcurrentHashMap<>();
  // Of the connector's background thread alone:
  private boolean beats;
  private long triedAt;

  RedisWatch(RedisConnector connector, BackendListener listener, String prefix) {
    this.connector = connector;
    this.listener = listener;
    this.channel =
        new RedisChannel(
            connector,
            listener,
            prefix,
            () -> {
              lose(ON_CHANNEL, watchers.get(ON_CHANNEL));
              listener.flush(); // also of what was read by then and is not kept yet
            });
  }

  /** A connection over which changes are pushed, by tracking or on the channel. */
  private static final class Watcher {
    final CompletableFuture<StatefulConnection<String, byte[]>> connection =
        new CompletableFuture<>();
    volatile long answered = System.nanoTime();
  }

  /**
   * Finds out whether the server tracks, before anything is written: where it does not, each change
   * is published, also by those who watch nothing themselves. What was watched at a server before
   * this one is so no more.
   */
  void start(RedisLink link) throws ExecutionException, TimeoutException, InterruptedException {
    RedisURI somewhere = link.node().apply(channel.name());
    if (somewhere == null) {
      throw new RedisException("no node of the cluster has the slot of " + channel.name());
    }
    watchers.forEach(this::lose);
    channel.use(!isTracking(link, somewhere));
    if (channel.isUsed()) {
      answer(channel.tryOut(link));
    }
    triedAt = System.nanoTime();
    if (!beats) {
      beats = true;
      connector
          .background()
          .scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Whether a server tells of changes. That it agrees to is not enough: where it, or a proxy before
   * it, knows no {@code HELLO}, the older protocol is spoken, over which nothing is pushed. So a
   * change is made: what a server pushes comes before its answer to what it is asked later.
   */
  private boolean isTracking(RedisLink link, RedisURI node)
      throws ExecutionException, TimeoutException, InterruptedException {
    CompletableFuture<StatefulRedisConnection<String, byte[]>> connecting =
        connector.watching().connectAsync(CellCodec.INSTANCE, node).toCompletableFuture();
    try {
      StatefulRedisConnection<String, byte[]> probe = answer(connecting);
      AtomicBoolean pushed = new AtomicBoolean();
      probe.addListener(message -> pushed.set(true));
      if (isRefused(track(probe))) {
        return false;
      }
      String key = channel.name(); // which stands for no other cell
      boolean made =
          !isRefused(probe.async().get(key))
              && !isRefused(link.commands().set(key, new byte[0], SetArgs.Builder.px(BEAT_MILLIS)));
      answer(probe.async().ping());
      return pushed.get() || !made; // where it is full, or read-only, it is taken at its word
    } finally {
      connecting.thenAccept(StatefulConnection::closeAsync); // whenever there is one
    }
  }

  private static boolean isRefused(CompletionStage<?> command)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      answer(command);
      return false;
    } catch (ExecutionException failed) {
      if (Failures.of(failed.getCause()).kind() != Kind.REFUSED) {
        throw failed;
      }
      return true;
    }
  }

  private static <T> T answer(CompletionStage<T> command)
      throws ExecutionException, TimeoutException, InterruptedException {
    return command.toCompletableFuture().get(PROBE_SECONDS, TimeUnit.SECONDS);
  }

  private static CompletionStage<String> track(StatefulRedisConnection<String, byte[]> connection) {
    return connection.async().clientTracking(TrackingArgs.Builder.enabled());
  }

  /** The channel on which changes are told where the server does not track them. */
  RedisChannel channel() {
    return channel;
  }

  /** The bytes under a key, whose next change the listener is told of. */
  CompletionStage<byte[]> get(RedisLink link, String key, Deadline deadline) {
    RedisURI node = link.node().apply(key);
    if (node == null) {
      return CompletableFuture.failedFuture(
          new BackendException(
              Kind.UNAVAILABLE, "no node of the cluster has the key's slot", null));
    }
    if (channel.isRefused()) {
      return CompletableFuture.failedFuture(
          new BackendException(Kind.REFUSED, "the server tells of no change", null));
    }
    return channel.isUsed()
        ? watcher(ON_CHANNEL, () -> channel.subscribe(node), deadline)
            .thenCompose(subscribed -> link.commands().get(key))
        : watcher(node.getHost() + ":" + node.getPort(), () -> connect(node), deadline)
            .thenCompose(
                tracked -> ((StatefulRedisConnection<String, byte[]>) tracked).async().get(key));
  }

  private CompletableFuture<StatefulConnection<String, byte[]>> watcher(
      String name,
      Supplier<CompletionStage<? extends StatefulConnection<String, byte[]>>> connecting,
      Deadline deadline) {
    Watcher watcher = watchers.get(name);
    if (watcher == null) {
      Watcher made = new Watcher();
      watcher = watchers.putIfAbsent(name, made);
      if (watcher == null) {
        watcher = made;
        try {
          open(name, made, connecting.get());
        } catch (RuntimeException | Error failed) { // or all would wait for it, for good
          watchers.remove(name, made);
          made.connection.completeExceptionally(failed);
        }
      }
    }
    return watcher.connection.isDone()
        ? watcher.connection
        : Timeouts.fail(watcher.connection.copy(), deadline.nanosLeft());
  }

  private void open(
      String name,
      Watcher watcher,
      CompletionStage<? extends StatefulConnection<String, byte[]>> connecting) {
    connecting.whenComplete(
        (connection, failure) -> {
          if (failure != null) {
            watchers.remove(name, watcher);
            watcher.connection.completeExceptionally(failure);
            return;
          }
          watcher.answered = System.nanoTime();
          connection.addListener(
              new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                  lose(name, watcher);
                }
              });
          watcher.connection.complete(connection);
          if (!connection.isOpen()) {
            lose(name, watcher); // it was lost before anybody listened
          }
        });
  }

  private CompletionStage<StatefulRedisConnection<String, byte[]>> connect(RedisURI node) {
    return connector
        .watching()
        .connectAsync(CellCodec.INSTANCE, node)
        .thenCompose(
            connection -> {
              connection.addListener(this::pushed);
              return track(connection)
                  .thenApply(on -> connection)
                  .whenComplete(
                      (on, refused) -> {
                        if (refused != null) {
                          connection.closeAsync();
                        }
                      });
            });
  }

  private void pushed(PushMessage message) {
    if (!message.getType().equals("invalidate")) {
      return;
    }
    List<Object> content = message.getContent(StringCodec.UTF8::decodeKey);
    if (content.size() > 1 && content.get(1) instanceof List<?> keys) {
      listener.changed(keys.stream().map(String::valueOf).toList());
    } else {
      listener.flush(); // the database was emptied
    }
  }

  /** Asks each connection for a sign of life. It goes on, whatever becomes of one of them. */
  private void beat() {
    watchers.forEach(
        (name, watcher) -> {
          try {
            beat(name, watcher);
          } catch (RuntimeException | Error dead) { // as a command may be that is not even sent
            lose(name, watcher);
          }
        });
    try {
      tryChannel();
    } catch (RuntimeException | Error away) {
      // The connection is gone, and is being mended: it is tried again in a while.
    }
  }

  private void beat(String name, Watcher watcher) {
    StatefulConnection<String, byte[]> connection = watcher.connection.getNow(null);
    if (connection == null) {
      return;
    }
    if (System.nanoTime() - watcher.answered > SILENCE_NANOS) {
      lose(name, watcher);
      return;
    }
    CompletionStage<String> pong =
        connection instanceof StatefulRedisPubSubConnection<String, byte[]> subscribed
            ? subscribed.async().ping()
            : ((StatefulRedisConnection<String, byte[]>) connection).async().ping();
    pong.thenAccept(answer -> watcher.answered = System.nanoTime());
  }

  /** Looks now and then whether the channel is allowed, or is still. */
  private void tryChannel() {
    RedisLink link = connector.link();
    if (channel.isUsed() && link != null && System.nanoTime() - triedAt > TRY_NANOS) {
      triedAt = System.nanoTime();
      if (channel.isRefused()) {
        channel.tryOut(link);
      } else {
        channel.tryToPublish(link);
      }
    }
  }

  private void lose(String name, Watcher watcher) {
    if (watcher != null && watchers.remove(name, watcher)) {
      StatefulConnection<String, byte[]> connection = watcher.connection.getNow(null);
      if (connection != null) {
        connection.closeAsync();
      }
      listener.flush();
    }
  }
}
