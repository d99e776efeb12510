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
import dev.larder.ops.config.Configuration.Outcome;
import dev.larder.ops.config.ConfigurationLoader;
import dev.larder.ops.config.FaultReport;
import dev.larder.weave.Selection;
import dev.larder.weave.Weaver;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
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

  private static final String NOT_BEGUN =
      "Larder could not begin; the standard error of that JVM says why";

  private static final String OBSERVES = "observes and caches nothing, ";

  private static boolean begun;
  private static Rooms atWork;
  private static File configuredBy;

  private Start() {}

  /**
   * Starts the agent before the application.
   *
   * @param options the agent's options; null for none
   */
  public static void premain(String options, Instrumentation instrumentation) throws IOException {
    start(options, instrumentation, false);
  }

  /**
   * Starts the agent in an application that is running already.
   *
   * @return what kept it from that; null for nothing
   */
  public static String agentmain(String options, Instrumentation instrumentation)
      throws IOException {
    return start(options, instrumentation, true);
  }

  private static synchronized String start(
      String options, Instrumentation instrumentation, boolean attached) throws IOException {
    if (begun) {
      String twice = "Larder is given twice; the first one is at work and this one does nothing";
      System.err.println("[larder] " + twice);
      return twice;
    }
    Map<String, String> environment = System.getenv();
    if (ConfigurationLoader.isSilent(null, options, environment, System.getProperties())) {
      File file = ConfigurationLoader.defaultFile(null);
      if (begin(
          new Selection(List.of()),
          Settings.none(),
          file,
          null,
          options,
          instrumentation,
          attached)) {
        sayStarted("", CacheKeys.BACKEND_BY_DEFAULT, GlobalKeys.PREFIX_BY_DEFAULT, 0);
      }
      return begun ? null : NOT_BEGUN;
    }
    Configuration configuration =
        new ConfigurationLoader(null, environment, System.getProperties(), new RuleKeys())
            .load(options);
    Settings settings = configuration.settings();
    openLog(settings);
    for (Fault warning : configuration.warnings()) {
      Log.warn(FaultReport.line(warning));
    }
    String report =
        attached ? FaultReport.atAttach(configuration) : FaultReport.atStart(configuration);
    if (!report.isEmpty()) {
      System.err.print(report);
    }
    if (configuration.outcome() == Outcome.EXIT && !attached) {
      Runtime.getRuntime().halt(EXIT_CONFIGURATION);
    }
    if (configuration.outcome() == Outcome.CACHE
        && begin(
            Selections.of(settings),
            settings,
            configuration.file() == null
                ? ConfigurationLoader.defaultFile(null)
                : configuration.file(),
            configuration.attributes(),
            options,
            instrumentation,
            attached)) {
      sayStarted(
          settings.global(GlobalKeys.MODE) == GlobalKeys.Mode.OBSERVE ? OBSERVES : "",
          settings.global(CacheKeys.BACKEND),
          settings.global(GlobalKeys.PREFIX),
          settings.cacheNames().size() + settings.ruleNames().size());
      ConsoleRoom.open(settings, atWork, configuredBy, instrumentation);
    }
    return begun ? null : report.isEmpty() ? NOT_BEGUN : report;
  }

  /**
   * Answers a command of another process.
   *
   * @return what kept it from being done, null for nothing, and what is to be said of it; null
   *     where Larder is not at work
   */
  public static String[] answer(String[] request) {
    Rooms rooms;
    File file;
    synchronized (Start.class) {
      rooms = begun ? atWork : null;
      file = configuredBy;
    }
    return rooms == null ? null : new Steering(rooms, file).answer(request);
  }

  /**
   * Begins to weave. Before the application, the dispatcher is left to the first class that needs
   * it: to define it takes some 10 ms, which a JVM without a match is spared.
   *
   * @return false if an attached agent cannot have the dispatcher, which classes that were loaded
   *     before it may ask for
   */
  private static boolean begin(
      Selection selection,
      Settings settings,
      File file,
      BasicFileAttributes known,
      String options,
      Instrumentation instrumentation,
      boolean attached) {
    Rooms rooms = new Rooms(settings, instrumentation);
    if (attached && !rooms.connect()) {
      return false;
    }
    begun = true;
    atWork = rooms;
    configuredBy = file;
    Weaver weaver = new Weaver(selection, rooms);
    rooms.weaveBy(weaver);
    weaver.install(instrumentation);
    if (attached) {
      rooms.useServices();
    }
    new Watch(file, known, options, rooms, weaver, instrumentation).start();
    return true;
  }

  private static void sayStarted(String how, String backend, String prefix, int rules) {
    Log.say(
        "Larder "
            + Version.text()
            + " started: "
            + how
            + "backend "
            + backend
            + ", prefix "
            + prefix
            + ", "
            + rules
            + (rules == 1 ? " rule" : " rules"));
  }

  static void openLog(Settings settings) {
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
