/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import dev.larder.spi.BackendSettings;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.Transports.NativeTransports;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where Redis is and how to talk to it.
 *
 * @param uris one, or the seeds of a cluster
 * @param cluster whether it is a cluster
 * @param ca the certificates to trust, in PEM; null for those of the JVM
 * @param timeout what one command may take
 */
record RedisSettings(List<RedisURI> uris, Cluster cluster, File ca, Duration timeout) {

  /** Whether the server is a cluster. */
  enum Cluster {
    AUTO,
    ON,
    OFF
  }

  static final Set<String> NAMES =
      Set.of("redis.uri", "redis.cluster", "redis.username", "redis.password", "redis.ca");

  /** How long the handshake of a connection may take. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(2);

  static RedisSettings of(BackendSettings settings) {
    String username = settings.get("redis.username");
    String password = settings.get("redis.password");
    if (username != null && password == null) {
      throw new IllegalArgumentException(
          "redis.username is set and redis.password is not; set both, or the password alone");
    }
    List<RedisURI> uris = uris(settings.get("redis.uri", "redis://localhost:6379"));
    for (RedisURI uri : uris) {
      if (uri.getSocket() != null && !NativeTransports.isDomainSocketSupported()) {
        throw new IllegalArgumentException(
            "redis.uri names the Unix socket "
                + uri.getSocket()
                + ", which needs Netty's native transport, and there is none here; write"
                + " redis://host:port, which Redis serves as well (its setting port)");
      }
      uri.setTimeout(HANDSHAKE);
      if (password != null) {
        uri.setAuthentication(username == null ? "default" : username, password);
      }
    }
    return new RedisSettings(
        uris,
        cluster(settings.get("redis.cluster", "auto"), uris),
        ca(settings.get("redis.ca")),
        Duration.ofMillis(settings.timeout()));
  }

  private static List<RedisURI> uris(String text) {
    // The commas of a sentinel's address stand between the sentinels.
    String[] parts =
        text.startsWith("redis-sentinel") || text.startsWith("rediss-sentinel")
            ? new String[] {text}
            : text.split(",");
    List<RedisURI> uris = new ArrayList<>();
    for (String part : parts) {
      try {
        uris.add(RedisURI.create(part.strip()));
      } catch (IllegalArgumentException wrong) {
        // Its message may quote a password.
        throw new IllegalArgumentException(
            "redis.uri is no address of a Redis; write redis://host:port/database, rediss://…,"
                + " redis-sentinel://host:port,host:port#name or redis-socket:///path; several of"
                + " the first two, by commas, are seeds of a cluster");
      }
    }
    return uris;
  }

  private static Cluster cluster(String text, List<RedisURI> uris) {
    Cluster cluster;
    try {
      cluster = Cluster.valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "redis.cluster is \"" + text + "\"; it is auto, on or off", wrong);
    }
    RedisURI first = uris.get(0);
    if (uris.size() > 1) {
      if (cluster == Cluster.OFF) {
        throw new IllegalArgumentException(
            "redis.uri names "
                + uris.size()
                + " servers, the seeds of a cluster, and redis.cluster"
                + " is off; name one server, or leave redis.cluster out");
      }
      return Cluster.ON;
    }
    boolean alone =
        !first.getSentinels().isEmpty() || first.getSocket() != null || first.getDatabase() != 0;
    if (alone && cluster == Cluster.ON) {
      throw new IllegalArgumentException(
          "redis.cluster is on, and redis.uri names sentinels, a socket or a database, none of"
              + " which a cluster has");
    }
    return alone ? Cluster.OFF : cluster;
  }

  private static File ca(String path) {
    if (path == null) {
      return null;
    }
    File file = new File(path);
    if (!file.isFile()) {
      throw new IllegalArgumentException(
          "redis.ca is \"" + path + "\", which is no file; name a file of certificates in PEM");
    }
    return file;
  }
}
