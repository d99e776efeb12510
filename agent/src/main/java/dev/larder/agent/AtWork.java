/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Settings;
import dev.larder.ops.FigureNames;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How Larder is at work in this JVM, for whoever asks from outside. */
final class AtWork {

  private final Rooms rooms;
  private final RoomsHoldings holdings;
  private final File file;

  /** Of a running agent, which is configured by a file that may not be there. */
  AtWork(Rooms rooms, File file) {
    this.rooms = rooms;
    this.holdings = new RoomsHoldings(rooms);
    this.file = file;
  }

  /**
   * What it is and how much there is, by the names that the command {@code status} has: texts,
   * truths and numbers; {@code file} is null where there is none.
   */
  Map<String, Object> status() {
    Settings settings = rooms.settings();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("version", Version.text());
    status.put("mode", settings.global(GlobalKeys.MODE).name().toLowerCase(Locale.ROOT));
    status.put("enabled", settings.global(CacheKeys.ENABLED));
    status.put("backend", settings.global(CacheKeys.BACKEND));
    status.put("prefix", settings.global(GlobalKeys.PREFIX));
    status.put("file", file.isFile() ? file.getAbsolutePath() : null);
    status.put("caches", holdings.cacheNames().size());
    status.put("rules", rooms.ruleNames().size());
    long entries = 0;
    for (String name : holdings.names()) {
      entries += holdings.figures(name)[FigureNames.ENTRIES];
    }
    status.put("entries", entries);
    return status;
  }
}
