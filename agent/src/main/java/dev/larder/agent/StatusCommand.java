/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints how Larder is at work in a running JVM. */
@Command(
    name = "status",
    description = "prints how Larder is at work in a running JVM",
    footer = {
      "",
      "caches are those that methods were linked to so far; entries are what that JVM",
      "keeps itself."
    },
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {

  private static final String BACKENDS = "backends.";

  @Parameters(index = "0", paramLabel = "PID", description = "the JVM's process id, as of jps")
  private long pid;

  @Option(names = "--json", description = "prints an object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunningJvm.Answer answer = new RunningJvm(pid).ask("status");
    if (!answer.done()) {
      return answer.complain();
    }
    System.out.println(json ? json(answer.table()) : text(answer.table()));
    return CommandLine.OK;
  }

  private static String text(List<String[]> rows) {
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      String name = row[0].startsWith(BACKENDS) ? row[0].substring(BACKENDS.length()) : row[0];
      String value = row.length == 1 ? "none" : row[1];
      text.append(text.length() == 0 ? "" : System.lineSeparator());
      text.append(name).append(": ").append(value);
    }
    return text.toString();
  }

  private static String json(List<String[]> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      for (String[] row : rows) {
        if (!row[0].startsWith(BACKENDS)) {
          field(out, row[0], row.length == 1 ? null : row[1]);
        }
      }
      out.writeObjectFieldStart("backends");
      for (String[] row : rows) {
        if (row[0].startsWith(BACKENDS)) {
          out.writeStringField(row[0].substring(BACKENDS.length()), row[1]);
        }
      }
      out.writeEndObject();
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void field(JsonGenerator out, String name, String value) throws IOException {
    switch (name) {
      case "caches", "rules", "entries" -> out.writeNumberField(name, Long.parseLong(value));
      case "enabled" -> out.writeBooleanField(name, Boolean.parseBoolean(value));
      default -> out.writeStringField(name, value);
    }
  }
}
