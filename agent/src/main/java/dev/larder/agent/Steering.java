/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.Engine;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.observe.Report;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Answers the commands by which somebody steers this JVM from outside.
 *
 * <p>What is asked for as a table goes as lines, whose words have tabs between them: no name holds
 * one. The command makes a table or JSON of it.
 */
final class Steering {

  private final Rooms rooms;
  private final RoomsHoldings holdings;
  private final File file;

  /** Of a running agent, which is configured by a file that may not be there. */
  Steering(Rooms rooms, File file) {
    this.rooms = rooms;
    this.holdings = new RoomsHoldings(rooms);
    this.file = file;
  }

  /**
   * Answers a command.
   *
   * @param request its name, and what it is about
   * @return what kept it from being done, null for nothing, and what is to be said of it
   */
  String[] answer(String[] request) {
    try {
      String[] about = Arrays.copyOfRange(request, 1, request.length);
      return switch (request[0]) {
        case "status" -> said(status());
        case "stats" -> stats(about);
        case "advise" -> observed();
        case "evict" -> evict(about[0], Arrays.asList(about).subList(1, about.length));
        case "evictKey", "clear" ->
            isNowhere(about[0])
                ? nothingOf(about[0])
                : removed(rooms.facade().apply(request[0], about));
        case "evictTag", "clearAll" -> removed(rooms.facade().apply(request[0], about));
        default ->
            problem(
                "Larder in that JVM is of another version, and knows no command "
                    + request[0]
                    + "; run the jar that it runs with");
      };
    } catch (RuntimeException failure) {
      LoggerFactory.getLogger(Steering.class).error("the command {} failed", request[0], failure);
      return problem(request[0] + " failed (" + failure + "); the log of that JVM has more");
    }
  }

  private static String[] said(String text) {
    return new String[] {null, text};
  }

  private static String[] problem(String text) {
    return new String[] {text, null};
  }

  /** Of a number of entries; null where the facade has logged why there is none. */
  private static String[] removed(Object entries) {
    return entries == null
        ? problem("it failed; the log of that JVM says why")
        : said(String.valueOf(entries));
  }

  private String[] evict(String cache, List<String> arguments) {
    if (isNowhere(cache)) {
      return nothingOf(cache);
    }
    long removed = holdings.evictWritten(cache, arguments);
    String misfit = removed == 0 ? rooms.engine().misfit(cache, arguments) : null;
    return misfit == null ? removed(removed) : problem(misfit);
  }

  private String[] observed() {
    if (rooms.settings().global(GlobalKeys.MODE) != GlobalKeys.Mode.OBSERVE) {
      return problem(
          "that JVM caches, and observes nothing; start it with mode = observe, let it work for a"
              + " while, and ask again");
    }
    Engine engine = rooms.engineMade();
    return said(ReportJson.of(engine == null ? Report.EMPTY : engine.observations().report()));
  }

  private String status() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Object> each : new AtWork(rooms, file).status().entrySet()) {
      line(text, each.getKey(), each.getValue() == null ? "" : each.getValue());
    }
    for (Map.Entry<String, Boolean> each : holdings.backends().entrySet()) {
      line(text, "backends." + each.getKey(), each.getValue() ? "serving" : "out");
    }
    return text.toString();
  }

  private String[] stats(String[] about) {
    if (about.length > 0 && !isKnown(about[0])) {
      return problem(unknown(about[0]));
    }
    Set<String> names = about.length > 0 ? Set.of(about[0]) : holdings.names();
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(name);
      for (long figure : holdings.figures(name)) {
        text.append('\t').append(figure);
      }
      text.append('\n');
    }
    return said(text.toString());
  }

  private boolean isKnown(String name) {
    return holdings.names().contains(name) || rooms.settings().cacheNames().contains(name);
  }

  /** Whether nobody can have an entry of it; with a remote backend another JVM may have stored. */
  private boolean isNowhere(String cache) {
    return !isKnown(cache)
        && rooms.settings().cache(cache, CacheKeys.BACKEND).equals(CacheKeys.BACKEND_BY_DEFAULT);
  }

  /** No entry is removed: the name may be a wrong one, or that of a cache not called yet. */
  private String[] nothingOf(String cache) {
    return said("0\n" + unknown(cache));
  }

  private String unknown(String name) {
    Set<String> names = holdings.names();
    return "no cache or path rule of that JVM is named "
        + name
        + (names.isEmpty() ? "; it has none yet" : "; it has " + String.join(", ", names));
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append('\t').append(value).append('\n');
  }
}
