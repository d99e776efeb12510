/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.agent.logging.Log;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Fault;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Settings;
import dev.larder.ops.config.Configuration;
import dev.larder.ops.config.ConfigurationLoader;
import dev.larder.ops.config.FaultReport;
import dev.larder.weave.Weaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.slf4j.event.Level;

/**
 * The agent's start: settings in, a running agent out.
 *
 * <p>It is on the way of every application's start, so nothing is made here that the first class to
 * be woven, or the first call of a target, could ask for instead. Its code avoids what is slow in a
 * young JVM: lambdas, streams, formatted texts.
 */
public final class Start {

  private static final int EXIT_CONFIGURATION = 78; // EX_CONFIG of sysexits.h

  private Start() {}

  /**
   * Starts the agent in an application's JVM.
   *
   * @param options the agent's options; null for none
   * @param attached whether the application is running already
   */
  public static void premain(String options, Instrumentation instrumentation, boolean attached)
      throws IOException, ReflectiveOperationException {
    Configuration configuration =
        new ConfigurationLoader(null, System.getenv(), System.getProperties(), new RuleKeys())
            .load(options);
    Settings settings = configuration.settings();
    openLog(settings);
    for (Fault warning : configuration.warnings()) {
      Log.warn(FaultReport.line(warning));
    }
    String report = FaultReport.atStart(configuration);
    if (!report.isEmpty()) {
      System.err.print(report);
    }
    switch (configuration.outcome()) {
      case EXIT -> {
        if (!attached) {
          Runtime.getRuntime().halt(EXIT_CONFIGURATION);
        }
      }
      case UNCACHED -> {}
      default -> begin(settings, instrumentation);
    }
  }

  private static void begin(Settings settings, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    HttpRoom http = new HttpRoom(settings);
    EngineRoom engine = new EngineRoom(settings, instrumentation, http);
    Weaver weaver = new Weaver(engine, Selections.of(settings), new RefusalLog(), http);
    if (!Dispatcher.install(instrumentation, new Facade(engine, http), weaver.linker())) {
      return;
    }
    weaver.install(instrumentation);
    Log.say(startLine(settings));
    if (!settings.isEmpty()) {
      NotYet.warn(settings);
    }
  }

  private static String startLine(Settings settings) {
    int rules = settings.cacheNames().size() + settings.ruleNames().size();
    return "Larder "
        + Version.text()
        + " started: backend "
        + settings.global(CacheKeys.BACKEND)
        + ", prefix "
        + settings.global(GlobalKeys.PREFIX)
        + ", "
        + rules
        + (rules == 1 ? " rule" : " rules");
  }

  private static void openLog(Settings settings) {
    String destination = settings.global(GlobalKeys.LOG);
    Log.level(Level.valueOf(settings.global(GlobalKeys.LOG_LEVEL).name()));
    try {
      Log.to(destination);
    } catch (IOException closed) {
      Log.warn(
          "log = "
              + destination
              + " cannot be written ("
              + closed.getMessage()
              + "); lines go to standard error");
    }
  }

  /** Runs a command of the command line. */
  public static void main(String[] arguments) {
    System.exit(CommandLine.run(arguments));
  }
}
