/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static dev.larder.harness.e2e.Faults.liveThrough;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.SlowProxy;
import dev.larder.harness.server.SlowProxy.Manner;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/**
 * The bad days of a Memcached, and of a ring of them, while sixteen threads call cached methods.
 */
class MemcachedFaultsIT {

  @Test
  void outOfMemory_memberGone_memberStopped() {
    try (MemcachedServer one = MemcachedServer.startOwn("-M", "-m", "2");
        MemcachedServer other = MemcachedServer.startOwn();
        Load load =
            Load.with(
                "backend=memcached;memcached.servers=" + one.address() + "," + other.address())) {
      liveThrough(
          "Memcached: out of memory (`SERVER_ERROR`)",
          load,
          () -> {
            one.kill(); // or what it has of ours would leave room for ours
            one.restart();
            one.fill();
          },
          () -> {
            one.kill();
            one.restart();
          });
      liveThrough("Memcached: a member of the ring gone", load, other::kill, other::restart);
      liveThrough("Memcached: a member of the ring stopped", load, one::pause, one::resume);
      assertThat(load.err())
          .as("what is said: nothing of what the client says to itself")
          .allMatch(line -> line.contains("backend memcached") || line.contains("started"));
    }
  }

  @Test
  void answersMangled() {
    try (MemcachedServer server = MemcachedServer.startOwn();
        SlowProxy proxy = SlowProxy.before(server);
        Load load = Load.onNewest("backend=memcached;memcached.servers=" + proxy.address())) {
      for (Manner manner : EnumSet.complementOf(EnumSet.of(Manner.PASS))) {
        liveThrough(
            "Memcached: answers " + Faults.done(manner),
            load,
            () -> proxy.become(manner),
            () -> proxy.become(Manner.PASS));
      }
    }
  }
}
