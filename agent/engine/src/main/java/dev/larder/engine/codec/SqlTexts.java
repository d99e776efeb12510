/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.DateDeserializers.TimestampDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.DateSerializer;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;

/**
 * Timestamps to the nanosecond, of which Jackson keeps milliseconds. Where the application gives a
 * pattern, that holds. They are apart from the rest as not every JVM has the module of their class.
 */
@SuppressWarnings("JavaUtilDate") // it is what applications get from JDBC
final class SqlTexts {

  private SqlTexts() {}

  static void addTo(SimpleModule module) {
    module.addSerializer(Timestamp.class, new Writer());
    module.addDeserializer(Timestamp.class, new Reader());
  }

  /** Jackson puts its own in the place of this one where a pattern is given. */
  private static final class Writer extends DateSerializer {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Date value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(value.toInstant().toString());
    }
  }

  /** As above. */
  private static final class Reader extends TimestampDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public Timestamp deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return super.deserialize(in, context);
      }
      try {
        return Timestamp.from(Instant.parse(in.getText()));
      } catch (DateTimeException | IllegalArgumentException wrong) {
        return (Timestamp)
            context.handleWeirdStringValue(handledType(), in.getText(), "it is no moment");
      }
    }
  }
}
