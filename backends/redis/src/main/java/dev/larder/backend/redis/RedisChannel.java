/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The channel on which Larder's own changes are published, where the server does not track.
 *
 * <p>It serves only while both halves of it do: who may not listen is told of nothing, and where
 * one JVM may not publish, nor may those like it. So both are tried before it is used, and again
 * every few seconds; while either is refused, nothing may be believed to be told of its change.
 */
final class RedisChannel {

  /** What is published to try whether it may be; no key is empty. */
  private static final byte[] NOTHING = {};

  private final RedisConnector connector;
  private final BackendListener listener;
  private final String name;
  private final Runnable refusal;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private volatile boolean used;
  private volatile boolean refused;

  /**
   * The channel of a prefix, which is not used yet.
   *
   * @param refusal is run when nothing is told any more
   */
  RedisChannel(
      RedisConnector connector, BackendListener listener, String prefix, Runnable refusal) {
    this.connector = connector;
    this.listener = listener;
    this.name = prefix + ":changes";
    this.refusal = refusal;
  }

  String name() {
    return name;
  }

  /** Says whether each change is to be published from now on. */
  void use(boolean whether) {
    used = whether;
  }

  /** Whether changes are to be published. */
  boolean isUsed() {
    return used;
  }

  /** Whether changes, which are to be published, are not told: the server refuses one half. */
  boolean isRefused() {
    return used && refused;
  }

  /** A connection of its own that listens, and is not mended once it is lost. */
  CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> subscribe(RedisURI node) {
    return connector
        .watching()
        .connectPubSubAsync(CellCodec.INSTANCE, node)
        .thenCompose(
            connection -> {
              connection.addListener(
                  new RedisPubSubAdapter<String, byte[]>() {
                    @Override
                    public void message(String from, byte[] key) {
                      if (key.length > 0) {
                        listener.changed(List.of(new String(key, UTF_8)));
                      }
                    }
                  });
              return connection
                  .async()
                  .subscribe(name)
                  .thenApply(done -> connection)
                  .whenComplete(
                      (done, failure) -> {
                        if (failure != null) {
                          connection.closeAsync();
                          noteIfRefused("SUBSCRIBE", failure);
                        }
                      });
            });
  }

  /**
   * Tries both halves. It fails where the server says nothing about them; that it refuses one is
   * noted instead.
   */
  CompletionStage<Void> tryOut(RedisLink link) {
    RedisURI node = link.node().apply(name);
    if (node == null) {
      return CompletableFuture.completedFuture(null); // nor has anybody a slot to listen at
    }
    return subscribe(node)
        .thenCompose(
            connection -> {
              connection.closeAsync();
              return tryToPublish(link);
            })
        // Of Lettuce's futures exceptionallyCompose would never end.
        .handle(
            (heard, failure) -> {
              if (failure == null) {
                refused = false;
              } else if (Failures.of(failure).kind() != Kind.REFUSED) {
                throw Failures.of(failure);
              }
              return null;
            });
  }

  /** Tries whether it may publish. */
  CompletionStage<Long> tryToPublish(RedisLink link) {
    return link.commands()
        .publish(name, NOTHING)
        .whenComplete(
            (heard, failure) -> {
              if (failure != null) {
                noteIfRefused("PUBLISH", failure);
              }
            });
  }

  private void noteIfRefused(String command, Throwable failure) {
    if (Failures.of(failure).kind() == Kind.REFUSED) {
      noteRefused(command, Failures.of(failure).getMessage());
    }
  }

  /**
   * Notes that the server refuses a half.
   *
   * @param answer what the server said
   */
  void noteRefused(String command, String answer) {
    if (!refused) {
      refused = true;
      refusal.run();
    }
    if (warned.add(command)) {
      listener.warn(
          "changes are not told, since the server refuses both CLIENT TRACKING and "
              + command
              + " on "
              + name
              + " ("
              + answer
              + "): nothing is kept near here (l1.*), and the marks of clears and tags are read"
              + " again after 100 ms; JVMs that may listen on the channel are not told of what"
              + " this one changes, if it may not publish. Allow the user of every JVM CLIENT"
              + " TRACKING, or SUBSCRIBE and PUBLISH on that channel"
              + " (ACL SETUSER … +client|tracking, or +subscribe +publish &"
              + name
              + ")");
    }
  }
}
