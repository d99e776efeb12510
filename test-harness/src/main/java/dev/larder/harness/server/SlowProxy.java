/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy before a server that delays what the server answers, loses it, cuts it in half or
 * changes it. Connections stay open while its manners change.
 */
public final class SlowProxy extends Proxy {

  /** What becomes of what the server answers. */
  public enum Manner {
    /** It passes, after the delay. */
    PASS,
    /** It is lost; the connection stays open. */
    DROP,
    /** The first half of what was read passes, then the connection is closed. */
    HALVE,
    /** One bit in each hundred bytes is changed. */
    CORRUPT,
    /** Once in a while all that was read passes twice. */
    REPEAT
  }

  private volatile InetSocketAddress target;
  private volatile Manner manner = Manner.PASS;
  private volatile long delayMillis;
  private volatile LateAnswer late;

  /** One answer that is late; only what comes after the request counts. */
  private static final class LateAnswer {
    private final String request;
    private final long millis;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean given = new AtomicBoolean();

    LateAnswer(String request, long millis) {
      this.request = request;
      this.millis = millis;
    }

    void request(byte[] bytes, int length) {
      if (!given.get() && new String(bytes, 0, length, ISO_8859_1).contains(request)) {
        asked.set(true);
      }
    }

    void answer() {
      if (asked.get() && given.compareAndSet(false, true)) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
      }
    }
  }

  private SlowProxy(String host, int port) throws IOException {
    super("slow-proxy");
    this.target = new InetSocketAddress(host, port);
  }

  /** A proxy before a server, which passes everything at first. */
  public static SlowProxy before(TestServer server) {
    try {
      SlowProxy proxy = new SlowProxy(server.host(), server.port());
      proxy.begin();
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Changes what becomes of answers from now on. */
  public void become(Manner next) {
    manner = next;
  }

  /** Holds each answer back for so long. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Leads connections that come from now on to another server; those that are there stay. */
  public void lead(TestServer another) {
    target = new InetSocketAddress(another.host(), another.port());
  }

  /** Holds back the answer to the first request that has this text in it, and no other. */
  public void delayFirst(String request, long millis) {
    late = new LateAnswer(request, millis);
  }

  /** Whether the answer that was to be held back has been. */
  public boolean hasDelayedFirst() {
    return late.given.get();
  }

  @Override
  void serve(Socket client) throws IOException {
    Socket server = new Socket();
    opened(server);
    try {
      server.connect(target, 1_000);
      server.setTcpNoDelay(true);
    } catch (IOException away) {
      end(server);
      throw away;
    }
    start("requests", () -> pass(client, server, false));
    start("answers", () -> pass(server, client, true));
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    int repeatable = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        LateAnswer one = late;
        if (!answers) {
          if (one != null) {
            one.request(buffer, length);
          }
          out.write(buffer, 0, length);
          continue;
        }
        if (one != null) {
          one.answer();
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
        if (now == Manner.REPEAT && ++repeatable % 10 == 0) {
          out.write(buffer, 0, length);
        }
        if (now == Manner.HALVE) {
          return;
        }
      }
    } catch (IOException closed) {
      // One side is gone, so the other goes too.
    } finally {
      end(from);
      end(to);
    }
  }
}
