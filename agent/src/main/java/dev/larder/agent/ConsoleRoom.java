/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.agent.logging.Log;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Secret;
import dev.larder.engine.config.Settings;
import dev.larder.ops.console.Console;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.slf4j.LoggerFactory;

/** The thread that opens the console: the application does not wait for it. */
final class ConsoleRoom extends Thread {

  private final String at;
  private final Secret token;
  private final Rooms rooms;
  private final File file;
  private final Instrumentation instrumentation;

  private ConsoleRoom(
      String at, Secret token, Rooms rooms, File file, Instrumentation instrumentation) {
    super(null, null, "larder-console-start", 0, false);
    this.at = at;
    this.token = token;
    this.rooms = rooms;
    this.file = file;
    this.instrumentation = instrumentation;
    setDaemon(true);
    setContextClassLoader(null);
  }

  /** Opens it where the settings ask for it. */
  static void open(Settings settings, Rooms rooms, File file, Instrumentation instrumentation) {
    String at = settings.global(GlobalKeys.CONSOLE);
    if (at != null) {
      Secret token = settings.global(GlobalKeys.CONSOLE_TOKEN);
      new ConsoleRoom(at, token, rooms, file, instrumentation).start();
    }
  }

  @Override
  public void run() {
    try {
      Console console =
          Console.open(
              at,
              token == null ? null : token.value(),
              new AtWork(rooms, file)::status,
              new RoomsHoldings(rooms));
      AtExit.run(new Opening(instrumentation), console::close);
      say(console);
    } catch (IOException | RuntimeException | LinkageError failed) {
      Log.warn(
          "console = "
              + at
              + " cannot be opened ("
              + failed.getMessage()
              + "); name an address of this machine and a port that is free. There is no console;"
              + " all else goes on");
      LoggerFactory.getLogger(ConsoleRoom.class).debug("the console's failure", failed);
    }
  }

  /** Says where it is: with the token that was made, which stands nowhere else. */
  private static void say(Console console) {
    String made = console.madeToken();
    if (made != null) {
      Log.say("console at " + console.url() + "#token=" + made);
    } else {
      LoggerFactory.getLogger(ConsoleRoom.class).info("console at {}", console.url());
    }
  }
}
