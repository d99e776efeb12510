/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What speaks the binary protocol on a port of its own, but answers by what a test says. */
final class ScriptedServer implements AutoCloseable {

  static final int HEAD_LENGTH = 24;

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Queue<byte[]> requests = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch stalled;
  private volatile UnaryOperator<byte[]> script = asked -> new byte[0];

  ScriptedServer() throws IOException {
    start(this::accept);
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", listening.getLocalPort());
  }

  /** Answers each request from now on by what this makes of its head and body; null to hang up. */
  void serve(UnaryOperator<byte[]> answers) {
    script = answers;
  }

  /** Reads of the next request no more than its head, and hangs up when it is told to. */
  CountDownLatch stall() {
    CountDownLatch end = new CountDownLatch(1);
    stalled = end;
    return end;
  }

  /** How many connections there have been. */
  int accepted() {
    return accepted.get();
  }

  /** All that was asked, the head and the body of each. */
  Queue<byte[]> requests() {
    return requests;
  }

  /** The right head to a request, with a body. */
  static byte[] answer(byte[] asked, int status, String key, String value) {
    byte[] name = key.getBytes(UTF_8);
    byte[] bytes = value.getBytes(UTF_8);
    int extras = asked[1] == 0 && status == 0 ? Integer.BYTES : 0;
    ByteBuffer answer =
        ByteBuffer.allocate(HEAD_LENGTH + extras + name.length + bytes.length)
            .put((byte) 0x81)
            .put(asked[1])
            .putShort((short) name.length)
            .put((byte) extras)
            .put((byte) 0)
            .putShort((short) status)
            .putInt(extras + name.length + bytes.length)
            .put(asked, 12, Integer.BYTES)
            .putLong(7);
    return answer.position(HEAD_LENGTH + extras).put(name).put(bytes).array();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        accepted.incrementAndGet();
        start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (Socket served = client) {
      DataInputStream in = new DataInputStream(served.getInputStream());
      OutputStream out = served.getOutputStream();
      byte[] head = new byte[HEAD_LENGTH];
      while (true) {
        in.readFully(head);
        CountDownLatch end = stalled;
        if (end != null) {
          end.await();
          stalled = null;
          return;
        }
        int length = ByteBuffer.wrap(head).getInt(8);
        byte[] asked = ByteBuffer.allocate(HEAD_LENGTH + length).put(head).array();
        in.readFully(asked, HEAD_LENGTH, length);
        requests.add(asked);
        byte[] answer = script.apply(asked);
        if (answer == null) {
          return;
        }
        out.write(answer);
      }
    } catch (IOException | InterruptedException gone) {
      // The client has ended the connection, or the test is over.
    }
  }

  private static void start(Runnable run) {
    Thread thread = new Thread(run, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
