/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What listens on a free port before a server, and knows the connections of both sides. */
abstract class Proxy implements AutoCloseable {

  private final String name;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** One whose threads bear a name; it accepts nothing before {@link #begin}. */
  Proxy(String name) throws IOException {
    this.name = name;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Begins to accept connections. */
  final void begin() {
    start("accept", this::accept);
  }

  /** Serves a connection, on threads of its own; one that cannot be served is closed. */
  abstract void serve(Socket client) throws IOException;

  private void accept() {
    while (true) {
      Socket client;
      try {
        client = listening.accept();
      } catch (SocketException closed) {
        return;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      opened(client);
      try {
        client.setTcpNoDelay(true);
        serve(client);
      } catch (IOException away) {
        end(client);
      }
    }
  }

  /** {@code host:port} of the proxy. */
  public final String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Closes every connection; new ones are accepted. */
  public final void disconnect() {
    open.forEach(this::end);
  }

  /** Notes a connection, which is to go with the proxy. */
  final void opened(Socket socket) {
    open.add(socket);
  }

  final void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed all the same.
    }
  }

  final void start(String what, Runnable body) {
    Thread thread = new Thread(body, name + "-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public final void close() {
    try {
      listening.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    disconnect();
  }
}
