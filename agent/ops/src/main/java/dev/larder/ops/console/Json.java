/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.larder.ops.FigureNames;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What the console says, as JSON. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  private interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text takes everything
    }
    return text.toString();
  }

  static String refusal(int status, String cause, String remedy) {
    return text(
        out -> {
          out.writeStartObject();
          out.writeNumberField("status", status);
          out.writeStringField("cause", cause);
          out.writeStringField("remedy", remedy);
          out.writeEndObject();
        });
  }

  static String removed(long entries) {
    return text(
        out -> {
          out.writeStartObject();
          out.writeNumberField("removed", entries);
          out.writeEndObject();
        });
  }

  static String status(Map<String, Object> status, Map<String, Boolean> backends) {
    return text(
        out -> {
          out.writeStartObject();
          for (Map.Entry<String, Object> each : status.entrySet()) {
            out.writeObjectField(each.getKey(), each.getValue());
          }
          out.writeObjectFieldStart("backends");
          for (Map.Entry<String, Boolean> each : backends.entrySet()) {
            out.writeStringField(each.getKey(), each.getValue() ? "serving" : "out");
          }
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  static String caches(List<CacheFigures> caches) {
    return text(
        out -> {
          out.writeStartArray();
          for (CacheFigures cache : caches) {
            write(cache, out);
          }
          out.writeEndArray();
        });
  }

  static String cache(CacheFigures cache) {
    return text(out -> write(cache, out));
  }

  private static void write(CacheFigures cache, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("cache", cache.name());
    out.writeBooleanField("rule", cache.rule());
    for (int i = 0; i < FigureNames.ALL.size(); i++) {
      out.writeNumberField(FigureNames.ALL.get(i), cache.figures()[i]);
    }
    writeOrNull("hitRatio", cache.hitRatio(), out);
    writeOrNull("meanLoadMillis", cache.meanLoadMillis(), out);
    out.writeNumberField("timeSavedMillis", cache.timeSavedMillis());
    out.writeEndObject();
  }

  static String history(List<History.Sample> samples) {
    return text(
        out -> {
          out.writeStartObject();
          out.writeNumberField("everySeconds", History.EVERY_SECONDS);
          out.writeArrayFieldStart("samples");
          for (History.Sample sample : samples) {
            out.writeStartObject();
            out.writeNumberField("time", sample.time());
            out.writeNumberField("hits", sample.hits());
            out.writeNumberField("misses", sample.misses());
            writeOrNull("hitRatio", sample.hitRatio(), out);
            out.writeNumberField("entries", sample.entries());
            out.writeNumberField("evictions", sample.evictions());
            out.writeNumberField("errors", sample.errors());
            out.writeNumberField("timeSavedMillis", sample.timeSavedMillis());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void writeOrNull(String name, Double value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, value);
    }
  }
}
