/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.weave.Weaver;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The thread that looks at the configuration's file while the application runs.
 *
 * <p>It is started with the agent, and so does not even load what it does before its first pause is
 * over.
 */
final class Watch extends Thread {

  private static final long PAUSE_MILLIS = 500;

  private final File file;
  private final BasicFileAttributes known;
  private final String options;
  private final Rooms rooms;
  private final Weaver weaver;
  private final Instrumentation instrumentation;

  /** Takes the file's attributes of before it was read; null where it was not there. */
  Watch(
      File file,
      BasicFileAttributes known,
      String options,
      Rooms rooms,
      Weaver weaver,
      Instrumentation instrumentation) {
    super(null, null, "larder-config", 0, false);
    this.file = file;
    this.known = known;
    this.options = options;
    this.rooms = rooms;
    this.weaver = weaver;
    this.instrumentation = instrumentation;
    setDaemon(true);
    setContextClassLoader(null);
  }

  @Override
  public void run() {
    try {
      sleep(PAUSE_MILLIS);
      Changes changes = new Changes(file, known, options, rooms, weaver, instrumentation);
      while (true) {
        changes.look();
        sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException end) {
      // nobody interrupts it but who wants it to end
    }
  }
}
