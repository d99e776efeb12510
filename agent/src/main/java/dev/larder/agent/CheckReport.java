/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.larder.engine.config.Fault;
import dev.larder.ops.config.FaultReport;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;

/**
 * What {@code check} has found in a properties file, as text and as JSON.
 *
 * @param annotations the methods that annotations ask for and that are refused
 * @param idle what stands in the file and does nothing, as sentences
 * @param patterns what stands in the file, as it matches a class path; null where none was given
 */
record CheckReport(
    String file,
    int caches,
    int pathRules,
    List<Fault> faults,
    List<String> idle,
    Collection<Refused> annotations,
    List<Pattern> patterns) {

  /** A method that cannot be what it is asked to be. */
  record Refused(String method, String reason) {}

  /**
   * A pattern of the file.
   *
   * @param key the key that it stands at
   * @param methods those that it matches, with their parameters
   * @param abstracts where it matches none, those of interfaces that it means wherever they are
   *     implemented
   */
  record Pattern(
      String key,
      String text,
      List<String> methods,
      List<String> abstracts,
      Collection<Refused> refused) {}

  String text() {
    if (!faults.isEmpty()) {
      return FaultReport.of(faults, "Nothing was changed; mend these and check again.");
    }
    StringBuilder text = new StringBuilder(file);
    text.append(": no fault; ").append(caches).append(caches == 1 ? " cache, " : " caches, ");
    text.append(pathRules).append(pathRules == 1 ? " path rule\n" : " path rules\n");
    idle.forEach(each -> text.append("  ").append(each).append('\n'));
    if (!annotations.isEmpty()) {
      text.append("\nannotations:\n");
      appendRefused(text, annotations);
    }
    if (patterns != null) {
      for (Pattern pattern : patterns) {
        text.append('\n').append(pattern.key()).append(": ").append(pattern.text()).append('\n');
        pattern.methods().forEach(method -> text.append("  ").append(method).append('\n'));
        appendRefused(text, pattern.refused());
        if (!pattern.abstracts().isEmpty()) {
          text.append("  matches what implements this, as a JDK proxy may; no class here does:\n");
          pattern.abstracts().forEach(each -> text.append("    ").append(each).append('\n'));
        } else if (pattern.methods().isEmpty() && pattern.refused().isEmpty()) {
          text.append("  matches no method of this class path\n");
        }
      }
    }
    return text.toString();
  }

  private static void appendRefused(StringBuilder text, Collection<Refused> refused) {
    for (Refused each : refused) {
      text.append("  refused: ").append(each.method()).append(": ").append(each.reason());
      text.append('\n');
    }
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("file", file);
      out.writeArrayFieldStart("faults");
      for (Fault fault : faults) {
        write(out, fault);
      }
      out.writeEndArray();
      if (faults.isEmpty()) {
        out.writeNumberField("caches", caches);
        out.writeNumberField("rules", pathRules);
      }
      if (!idle.isEmpty()) {
        out.writeArrayFieldStart("idle");
        for (String each : idle) {
          out.writeString(each);
        }
        out.writeEndArray();
      }
      if (patterns != null) {
        write(out, "annotations", annotations);
        out.writeArrayFieldStart("patterns");
        for (Pattern pattern : patterns) {
          write(out, pattern);
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    }
    return text + "\n";
  }

  private static void write(JsonGenerator out, Fault fault) throws IOException {
    out.writeStartObject();
    out.writeStringField("file", fault.source());
    if (fault.line() > 0) {
      out.writeNumberField("line", fault.line());
    }
    out.writeStringField("key", fault.key());
    out.writeStringField("problem", fault.problem());
    out.writeStringField("allowed", fault.allowed());
    out.writeStringField("nearest", fault.nearest());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Pattern pattern) throws IOException {
    out.writeStartObject();
    out.writeStringField("key", pattern.key());
    out.writeStringField("pattern", pattern.text());
    out.writeArrayFieldStart("methods");
    for (String method : pattern.methods()) {
      out.writeString(method);
    }
    out.writeEndArray();
    if (!pattern.abstracts().isEmpty()) {
      out.writeArrayFieldStart("abstracts");
      for (String method : pattern.abstracts()) {
        out.writeString(method);
      }
      out.writeEndArray();
    }
    write(out, "refused", pattern.refused());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, Collection<Refused> refused)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Refused each : refused) {
      out.writeStartObject();
      out.writeStringField("method", each.method());
      out.writeStringField("reason", each.reason());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
