/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads numbers that {@code @JsonFormat(shape = STRING)} has written as texts; where nobody said
 * so, a text is no number.
 */
final class NumbersAsText extends StdScalarDeserializer<Object> {

  private static final long serialVersionUID = 1L;

  private static final Map<Class<?>, Function<String, Object>> BY_TYPE =
      Map.of(
          Long.class, Long::valueOf,
          Integer.class, Integer::valueOf,
          Short.class, Short::valueOf,
          Byte.class, Byte::valueOf,
          Double.class, Double::valueOf,
          Float.class, Float::valueOf,
          BigDecimal.class, BigDecimal::new,
          BigInteger.class, BigInteger::new);

  private final transient Function<String, Object> reader;

  private NumbersAsText(Class<?> type, Function<String, Object> reader) {
    super(type);
    this.reader = reader;
  }

  /** The reader of a type's numbers; null of any other type. */
  static JsonDeserializer<?> reader(Class<?> type) {
    Function<String, Object> reader = BY_TYPE.get(MethodType.methodType(type).wrap().returnType());
    return reader == null ? null : new NumbersAsText(type, reader);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return context.handleUnexpectedToken(handledType(), parser);
    }
    String text = parser.getText();
    try {
      return reader.apply(text);
    } catch (NumberFormatException wrong) {
      return context.handleWeirdStringValue(handledType(), text, "it is no such number");
    }
  }
}
