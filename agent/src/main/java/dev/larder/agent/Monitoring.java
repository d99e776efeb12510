/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.Witness;
import dev.larder.ops.jmx.CacheBeans;
import dev.larder.weave.Service;
import org.slf4j.LoggerFactory;

/**
 * What is seen of the caches by JMX, once the application, or whoever looks at it, has had the JVM
 * make its MBean server.
 *
 * <p>It holds no lock while it registers: that calls listeners of the application's.
 */
final class Monitoring implements Witness {

  private final Rooms rooms;

  /** Null while there is no server. */
  private volatile CacheBeans beans;

  /** Whether a servlet's rule was found of which there is no bean yet. */
  private volatile boolean rulesWaiting;

  Monitoring(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Is given the platform's MBean server by the JVM, each time that somebody asks for it. */
  void server(Object server) {
    if (beans == null) {
      began(CacheBeans.of(server, new RoomsHoldings(rooms), Version.text(), rooms::settings));
    } else {
      rulesInUse();
    }
  }

  /** A service was perhaps given before anybody could tell of it. */
  void loadedBefore(Service service) {
    try {
      if (service == Service.MBEAN_SERVER) {
        began(
            CacheBeans.whereThereIsAServer(
                new RoomsHoldings(rooms), Version.text(), rooms::settings));
      }
    } catch (RuntimeException | LinkageError failure) {
      failed(failure);
    }
  }

  private void began(CacheBeans made) {
    if (made != null) {
      beans = made;
      update();
    }
  }

  @Override
  public void cacheMade(String cache) {
    update();
  }

  /** Other settings hold: there may be other rules. */
  void settingsTaken() {
    CacheBeans now = beans;
    if (now != null) {
      guarded(now::removeGone);
      update();
    }
  }

  /**
   * A servlet's rule was found, as its class was being loaded: no moment to call anything of the
   * application's.
   */
  void rulesChanged() {
    rulesWaiting = true;
  }

  /** A request has come, or JMX is asked for. */
  void rulesInUse() {
    if (rulesWaiting && beans != null) {
      rulesWaiting = false;
      update();
    }
  }

  private void update() {
    CacheBeans now = beans;
    if (now != null) {
      guarded(now::addMissing);
    }
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) { // the application's call goes on
      failed(failure);
    }
  }

  private static void failed(Throwable failure) {
    LoggerFactory.getLogger(Monitoring.class)
        .warn("JMX does not show all caches ({})", failure.toString(), failure);
  }
}
