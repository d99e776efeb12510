/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Redis. */
public final class RedisServer extends DelegatingServer {

  static final String IMAGE = "redis:7.4";

  private RedisServer(TestServer server) {
    super(server);
  }

  /**
   * A Redis with nothing in it that keeps nothing on disk; that of {@code LARDER_TEST_REDIS} if no
   * options are asked for.
   *
   * @param options further options of {@code redis-server}, such as {@code --maxmemory 10mb}
   */
  public static RedisServer start(String... options) {
    GivenServer given = options.length == 0 ? GivenServer.in("LARDER_TEST_REDIS") : null;
    return new RedisServer(given != null ? given : launch(Ports.free(), null, options));
  }

  /** A Redis with files of its own, on a given port. */
  static TestServer launch(int port, Path directory, String... options) {
    List<String> command = new ArrayList<>(List.of("redis-server"));
    boolean hasFile = options.length > 0 && !options[0].startsWith("--");
    if (hasFile) {
      command.add(options[0]);
    }
    command.addAll(
        List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--appendonly", "no"));
    command.addAll(List.of("--save", "", "--repl-diskless-sync-delay", "0"));
    for (int i = hasFile ? 1 : 0; i < options.length; i++) {
      command.addAll(List.of(options[i].split(" ")));
    }
    return new Launch(
            "redis", IMAGE, command, port, directory, Map.of(), () -> answers("127.0.0.1", port))
        .start();
  }

  /** Whether a Redis answers there, if only that it wants a password. */
  private static boolean answers(String host, int port) {
    try (RedisWire wire = new RedisWire(host, port)) {
      return "PONG".equals(wire.command("PING"));
    } catch (IllegalStateException refused) {
      return refused.getMessage().startsWith("NOAUTH");
    }
  }

  /** The address as {@code redis.uri} takes it. */
  public String uri() {
    return "redis://" + address();
  }

  /** A connection for looking at and changing what it holds; the caller closes it. */
  public RedisWire wire() {
    return new RedisWire(host(), port());
  }

  /** Runs one command on a connection of its own. */
  public Object command(Object... parts) {
    try (RedisWire wire = wire()) {
      return wire.command(parts);
    }
  }
}
