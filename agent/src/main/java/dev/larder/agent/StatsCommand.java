/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.larder.ops.FigureNames;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the statistics of a running JVM's caches. */
@Command(
    name = "stats",
    description = "prints what the caches and path rules of a running JVM have done",
    footer = {
      "",
      "hits, misses and bypassed add up to the calls; stale ones are among the hits.",
      "mean ms is what a load took; with --json loadNanos is what all loads took.",
      "Where verify has hits run again, verified says of how many something came, and",
      "verifiedStale how many of these were stale."
    },
    sortOptions = false)
final class StatsCommand implements Callable<Integer> {

  /** The column from which on there is something only where hits are verified. */
  private static final int FIRST_VERIFIED = 1 + FigureNames.VERIFIED;

  @Parameters(index = "0", paramLabel = "PID", description = "the JVM's process id, as of jps")
  private long pid;

  @Parameters(index = "1", arity = "0..1", paramLabel = "CACHE", description = "one cache alone")
  private String cache;

  @Option(names = "--json", description = "prints an array of objects")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunningJvm jvm = new RunningJvm(pid);
    RunningJvm.Answer answer = cache == null ? jvm.ask("stats") : jvm.ask("stats", cache);
    if (!answer.done()) {
      return answer.complain();
    }
    System.out.println(json ? json(answer.table()) : table(answer.table()));
    return CommandLine.OK;
  }

  private static String table(List<String[]> rows) {
    List<String[]> shown = new ArrayList<>();
    List<String> head = new ArrayList<>(FigureNames.ALL);
    head.add(0, "cache");
    head.set(1 + FigureNames.LOAD_NANOS, "mean ms");
    int columns = rows.stream().anyMatch(StatsCommand::isVerified) ? head.size() : FIRST_VERIFIED;
    shown.add(head.subList(0, columns).toArray(new String[0]));
    for (String[] row : rows) {
      String[] copy = Arrays.copyOf(row, columns);
      copy[1 + FigureNames.LOAD_NANOS] = mean(row);
      shown.add(copy);
    }
    return Table.of(shown);
  }

  private static boolean isVerified(String[] row) {
    return !row[FIRST_VERIFIED].equals("0");
  }

  private static String mean(String[] row) {
    long loads = Long.parseLong(row[1 + FigureNames.LOADS]);
    double nanos = Long.parseLong(row[1 + FigureNames.LOAD_NANOS]);
    return loads == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f", nanos / loads / TimeUnit.MILLISECONDS.toNanos(1));
  }

  private static String json(List<String[]> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartArray();
      for (String[] row : rows) {
        out.writeStartObject();
        out.writeStringField("cache", row[0]);
        for (int i = 1; i < row.length; i++) {
          out.writeNumberField(FigureNames.ALL.get(i - 1), Long.parseLong(row[i]));
        }
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    return text.toString();
  }
}
