/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.agent.logging.Log;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.RestartKeys;
import dev.larder.engine.config.Settings;
import dev.larder.ops.config.Configuration;
import dev.larder.ops.config.ConfigurationLoader;
import dev.larder.ops.config.FaultReport;
import dev.larder.ops.config.FileWatch;
import dev.larder.weave.Weaver;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Takes up what changes in the configuration's file: policies and rules at once, targets by
 * transforming classes again. Whatever is wrong with the new file, the old settings stay.
 */
final class Changes {

  private final File file;
  private final FileWatch watch;
  private final String options;
  private final Settings start;
  private final Rooms rooms;
  private final Weaver weaver;
  private final Instrumentation instrumentation;
  private Settings taken;

  Changes(
      File file,
      BasicFileAttributes known,
      String options,
      Rooms rooms,
      Weaver weaver,
      Instrumentation instrumentation) {
    this.file = file;
    this.watch = new FileWatch(file, known);
    this.options = options;
    this.start = rooms.settings();
    this.rooms = rooms;
    this.weaver = weaver;
    this.instrumentation = instrumentation;
    this.taken = start;
  }

  /** Looks at the file, and takes it up where it has changed. */
  void look() {
    try {
      switch (watch.look(System.nanoTime())) {
        case CHANGED -> read();
        case GONE ->
            Log.warn(file + " is gone; what it said holds until it is back, or the next start");
        case SAME -> {}
      }
    } catch (RuntimeException | LinkageError failure) { // the next change is taken up all the same
      LoggerFactory.getLogger(Changes.class).error("{} could not be taken up", file, failure);
    }
  }

  private void read() {
    Configuration configuration =
        new ConfigurationLoader(null, System.getenv(), System.getProperties(), new RuleKeys())
            .load(options);
    if (!watch.isAsSeen()) {
      return; // written again meanwhile: the next looks will see it
    }
    if (!configuration.faults().isEmpty()) {
      System.err.print(
          FaultReport.of(
              configuration.faults(), "The settings that were in force stay; mend these."));
      return;
    }
    take(configuration.settings());
  }

  private void take(Settings said) {
    Settings settings = said.since(start);
    Settings before = taken;
    taken = settings;
    if (!said.global(GlobalKeys.LOG).equals(before.global(GlobalKeys.LOG))
        || said.global(GlobalKeys.LOG_LEVEL) != before.global(GlobalKeys.LOG_LEVEL)) {
      Start.openLog(said);
    }
    List<String> later = RestartKeys.changed(start, said);
    if (!later.isEmpty()) {
      Log.warn(
          file
              + " changes "
              + String.join(", ", later)
              + ", which takes a restart of the application; all else is taken up");
    }
    rooms.take(settings);
    weaver.select(Selections.of(settings), instrumentation);
    int rules = settings.cacheNames().size() + settings.ruleNames().size();
    LoggerFactory.getLogger(Changes.class)
        .info("{} is taken up: {} {}", file, rules, rules == 1 ? "rule" : "rules");
  }
}
