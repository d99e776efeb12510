/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

/** A server that runs for a test, and what can be done to it. */
public interface TestServer extends AutoCloseable {

  /** Where it listens. */
  String host();

  /** The port on which it listens; the same after a restart. */
  int port();

  /** {@code host:port}. */
  default String address() {
    return host() + ":" + port();
  }

  /** Makes it hang: connections stay, and nothing is answered. */
  void pause();

  /** Lets it go on after {@link #pause}. */
  void resume();

  /** Ends it at once, as a crash does. */
  void kill();

  /** Starts it again after {@link #kill}, on the same port and with nothing kept; waits for it. */
  void restart();

  @Override
  void close();
}
