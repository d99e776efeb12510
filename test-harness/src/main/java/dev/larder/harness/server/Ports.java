/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of this machine's loopback, which stay so until they are used: they lie below those
 * that the system itself gives to connections, in blocks that each belong to one JVM.
 */
public final class Ports {

  private static final int LOWEST = 10_000;
  private static final int BLOCKS = 100;
  private static final int BLOCK = 100;

  /**
   * A JVM has the block whose number it has added to this and listens on. In between, by 10,000
   * above each port, lie those of the bus of a Redis cluster.
   */
  private static final int OWNERS = LOWEST + 20_000;

  private static final List<ServerSocket> OWNED = new ArrayList<>();
  private static int next;
  private static int end;

  private Ports() {}

  /** A port that nobody listens on, and that neither this JVM nor another was given before. */
  public static synchronized int free() {
    while (true) {
      if (next == end) {
        takeBlock();
      }
      int port = next++;
      ServerSocket socket = listen(port);
      if (socket != null) {
        close(socket);
        return port;
      }
    }
  }

  private static void takeBlock() {
    int first = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int block = (first + i) % BLOCKS;
      ServerSocket owner = listen(OWNERS + block);
      if (owner != null) {
        OWNED.add(owner); // until this JVM ends
        next = LOWEST + block * BLOCK;
        end = next + BLOCK;
        return;
      }
    }
    throw new IllegalStateException("this machine gives no free port from " + OWNERS + " on");
  }

  /** Null where somebody listens. */
  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      return null;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new IllegalStateException("a port cannot be given back", failure);
    }
  }

  /** Whether something accepts connections there. */
  static boolean accepts(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 500);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
