/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

  /** More than a block has. */
  private static final int MANY = 150;

  @Test
  void free_hereAndInAnotherJvm_givesEachPortOnce() throws Exception {
    Set<Integer> given = new HashSet<>();
    URL classes = Ports.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader another = new URLClassLoader(new URL[] {classes}, null)) {
      var free = another.loadClass(Ports.class.getName()).getMethod("free");
      for (int i = 0; i < MANY; i++) {
        assertThat(given.add(Ports.free())).isTrue();
        assertThat(given.add((Integer) free.invoke(null))).isTrue();
      }
    }
    // From 32,768 on Linux gives them to connections, of which any may be a Redis cluster's bus.
    assertThat(given).allMatch(port -> port + 10_000 < 32_768);
  }

  @Test
  void free_whereSomebodyListens_goesOn() throws Exception {
    int last = Ports.free();
    while (last % 100 == 99) { // what follows may be another JVM's
      last = Ports.free();
    }
    try (ServerSocket socket = new ServerSocket(last + 1, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.free()).isNotEqualTo(socket.getLocalPort());
    }
  }
}
