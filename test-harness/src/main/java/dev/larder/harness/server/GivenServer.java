/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

/** A server that somebody else runs, named in the environment. It can be used but not disturbed. */
final class GivenServer implements TestServer {

  private final String variable;
  private final String host;
  private final int port;

  private GivenServer(String variable, String host, int port) {
    this.variable = variable;
    this.host = host;
    this.port = port;
  }

  /** The server that a variable names as {@code host:port}; null if it is not set. */
  static GivenServer in(String variable) {
    String address = System.getenv(variable);
    if (address == null || address.isBlank()) {
      return null;
    }
    int colon = address.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(variable + " is \"" + address + "\"; write host:port");
    }
    return new GivenServer(
        variable, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void pause() {
    throw notOurs();
  }

  @Override
  public void resume() {
    throw notOurs();
  }

  @Override
  public void kill() {
    throw notOurs();
  }

  @Override
  public void restart() {
    throw notOurs();
  }

  private UnsupportedOperationException notOurs() {
    return new UnsupportedOperationException(
        "the server of " + variable + " is not ours to disturb; unset it, and one is started");
  }

  @Override
  public void close() {}
}
