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
import dev.larder.spi.Daemons;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.slf4j.LoggerFactory;

/** Opens the console, on a thread of its own: the application does not wait for it. */
final class ConsoleRoom {

  private final Rooms rooms;
  private final File file;
  private final Instrumentation instrumentation;

  private ConsoleRoom(Rooms rooms, File file, Instrumentation instrumentation) {
    this.rooms = rooms;
    this.file = file;
    this.instrumentation = instrumentation;
  }

  /** Opens it where the settings ask for it. */
  static void open(Settings settings, Rooms rooms, File file, Instrumentation instrumentation) {
    String at = settings.global(GlobalKeys.CONSOLE);
    if (at != null) {
      ConsoleRoom room = new ConsoleRoom(rooms, file, instrumentation);
      Secret token = settings.global(GlobalKeys.CONSOLE_TOKEN);
      Runnable opening = () -> room.open(at, token == null ? null : token.value());
      Daemons.thread("larder-console-start", opening, 0).start();
    }
  }

  private void open(String at, String token) {
    try {
      AtWork atWork = new AtWork(rooms, file);
      Console console = Console.open(at, token, atWork::status, new RoomsHoldings(rooms));
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
