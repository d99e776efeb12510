/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy before a server that delays what the server answers, loses it, cuts it in half or
 * changes it. Connections stay open while its manners change.
 */
public final class SlowProxy implements AutoCloseable {

  /** What becomes of what the server answers. */
  public enum Manner {
    /** It passes, after the delay. */
    PASS,
    /** It is lost; the connection stays open. */
    DROP,
    /** The first half of what was read passes, then the connection is closed. */
    HALVE,
    /** One bit in each hundred bytes is changed. */
    CORRUPT
  }

  private final ServerSocket listening;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Manner manner = Manner.PASS;
  private volatile long delayMillis;

  private SlowProxy(String host, int port) throws IOException {
    this.target = new InetSocketAddress(host, port);
    this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start("accept", this::accept);
  }

  /** A proxy before a server, which passes everything at first. */
  public static SlowProxy before(TestServer server) {
    try {
      return new SlowProxy(server.host(), server.port());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@code host:port} of the proxy. */
  public String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Changes what becomes of answers from now on. */
  public void become(Manner next) {
    manner = next;
  }

  /** Holds each answer back for so long. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Closes every connection; new ones are accepted. */
  public void disconnect() {
    open.forEach(SlowProxy::closeQuietly);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try {
          server.connect(target, 1_000);
          client.setTcpNoDelay(true);
          server.setTcpNoDelay(true);
        } catch (IOException away) {
          end(client, server);
          continue;
        }
        start("requests", () -> pass(client, server, false));
        start("answers", () -> pass(server, client, true));
      } catch (SocketException closed) {
        return;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (!answers) {
          out.write(buffer, 0, length);
          continue;
        }
        if (delayMillis > 0) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
        }
        Manner now = manner;
        if (now == Manner.CORRUPT) {
          for (int i = 7; i < length; i += 100) {
            buffer[i] ^= 1;
          }
        }
        if (now != Manner.DROP) {
          out.write(buffer, 0, now == Manner.HALVE ? length / 2 : length);
        }
        if (now == Manner.HALVE) {
          return;
        }
      }
    } catch (IOException closed) {
      // One side is gone, so the other goes too.
    } finally {
      end(from, to);
    }
  }

  private void end(Socket one, Socket other) {
    closeQuietly(one);
    closeQuietly(other);
    open.remove(one);
    open.remove(other);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed all the same.
    }
  }

  private static void start(String what, Runnable body) {
    Thread thread = new Thread(body, "slow-proxy-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    disconnect();
  }
}
