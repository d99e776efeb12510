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
import com.fasterxml.jackson.databind.deser.std.DateDeserializers.SqlDateDeserializer;
import com.fasterxml.jackson.databind.deser.std.DateDeserializers.TimestampDeserializer;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.DateSerializer;
import java.io.IOException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;

/**
 * What JDBC gives, as the moment that it is: timestamps to the nanosecond, of which Jackson keeps
 * milliseconds, dates and times to the millisecond, of which it keeps the day or the time of day.
 * Where the application gives a pattern, that holds. They are apart from the rest as not every JVM
 * has the module of their classes.
 */
@SuppressWarnings("JavaUtilDate") // it is what applications get from JDBC
final class SqlTexts {

  private SqlTexts() {}

  static void addTo(SimpleModule module) {
    module.addSerializer(Timestamp.class, new Writer());
    module.addDeserializer(Timestamp.class, new TimestampReader());
    module.addSerializer(java.sql.Date.class, new Writer());
    module.addDeserializer(java.sql.Date.class, new DateReader());
    module.addSerializer(Time.class, new Writer());
    module.addDeserializer(Time.class, new TimeReader());
  }

  /** Jackson puts its own in the place of this one where a pattern is given. */
  private static final class Writer extends DateSerializer {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Date value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      Instant moment =
          value instanceof Timestamp ? value.toInstant() : Instant.ofEpochMilli(value.getTime());
      out.writeString(moment.toString());
    }
  }

  /** What a text gives; null if it is none of a moment. */
  private static <T> T read(String text, Function<Instant, T> maker) {
    try {
      return maker.apply(Instant.parse(text));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException wrong) {
      return null;
    }
  }

  private static Object refuse(Class<?> type, JsonParser in, DeserializationContext context)
      throws IOException {
    return context.handleWeirdStringValue(type, in.getText(), "it is no moment");
  }

  /** Jackson puts its own in the place of this one, too. */
  private static final class TimestampReader extends TimestampDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public Timestamp deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return super.deserialize(in, context);
      }
      Timestamp read = read(in.getText(), Timestamp::from);
      return read != null ? read : (Timestamp) refuse(handledType(), in, context);
    }
  }

  /** As above. */
  private static final class DateReader extends SqlDateDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public java.sql.Date deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return super.deserialize(in, context);
      }
      java.sql.Date read = read(in.getText(), moment -> new java.sql.Date(moment.toEpochMilli()));
      return read != null ? read : (java.sql.Date) refuse(handledType(), in, context);
    }
  }

  /** Jackson has none: what a pattern has written is not read. */
  private static final class TimeReader extends FromStringDeserializer<Time> {
    private static final long serialVersionUID = 1L;

    TimeReader() {
      super(Time.class);
    }

    @Override
    protected Time _deserialize(String text, DeserializationContext context) throws IOException {
      Time read = read(text, moment -> new Time(moment.toEpochMilli()));
      return read != null
          ? read
          : (Time) context.handleWeirdStringValue(Time.class, text, "it is no moment");
    }
  }
}
