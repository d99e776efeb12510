/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.spi.Daemons;
import dev.larder.weave.WovenNests;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** What is to be done where a JVM records an AOT cache for later starts (JEP 514). */
final class AotRecording {

  private static final String PACKAGE = "jdk.internal.misc";

  private static final int FIRST = 24;

  private AotRecording() {}

  /** The nests that are kept out of the cache from now on; null where none is recorded. */
  static WovenNests nests(Instrumentation instrumentation) {
    if (!isOn(instrumentation)) {
      return null;
    }
    WovenNests nests = new WovenNests(instrumentation);
    Daemons.thread("larder-aot-recording", nests::watch, 0).start();
    AtExit.run(new Opening(instrumentation), nests::keepLoadedOut);
    return nests;
  }

  /**
   * Asks the JVM, which knows it whatever file or variable its options came from.
   *
   * @return false too where this JVM cannot be asked
   */
  private static boolean isOn(Instrumentation instrumentation) {
    if (Runtime.version().feature() < FIRST) {
      return false;
    }
    try {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(PACKAGE, Set.of(AotRecording.class.getModule())),
          Map.of(),
          Set.of(),
          Map.of());
      return (boolean)
          Class.forName(PACKAGE + ".CDS").getMethod("isDumpingStaticArchive").invoke(null);
    } catch (ReflectiveOperationException | RuntimeException other) { // another JVM's classes
      LoggerFactory.getLogger("dev.larder")
          .debug("this JVM cannot be asked whether it records an AOT cache", other);
      return false;
    }
  }
}
