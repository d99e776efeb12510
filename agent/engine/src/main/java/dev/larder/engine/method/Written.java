/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * An argument that somebody has written as text, and that is to be read as whatever a method
 * declares.
 *
 * <p>Read are the JDK's types that have one obvious text, and enums; {@code null} is null where a
 * text is not declared. No code of the application's runs for it but an enum's own beginning.
 */
public record Written(String text) {

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(Boolean.class, Written::truth),
          Map.entry(Character.class, Written::unit),
          Map.entry(Byte.class, Byte::valueOf),
          Map.entry(Short.class, Short::valueOf),
          Map.entry(Integer.class, Integer::valueOf),
          Map.entry(Long.class, Long::valueOf),
          Map.entry(Float.class, Float::valueOf),
          Map.entry(Double.class, Double::valueOf),
          Map.entry(BigDecimal.class, BigDecimal::new),
          Map.entry(BigInteger.class, BigInteger::new),
          Map.entry(UUID.class, UUID::fromString),
          Map.entry(URI.class, URI::create),
          Map.entry(Locale.class, Locale::forLanguageTag),
          Map.entry(Currency.class, Currency::getInstance),
          Map.entry(ZoneId.class, ZoneId::of),
          Map.entry(ZoneOffset.class, ZoneOffset::of));

  /** Whether it can be read as a value of a type. */
  boolean mayBe(Class<?> type) {
    return isNull(type) || read(type) != null;
  }

  /** As a value of a type that it {@link #mayBe}. */
  Object as(Class<?> type) {
    return isNull(type) ? null : read(type);
  }

  private boolean isNull(Class<?> type) {
    return text.equals("null") && !type.isPrimitive() && !type.isInstance(text);
  }

  private Object read(Class<?> type) {
    if (type.isInstance(text)) { // where the type is open, as well
      return text;
    }
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    try {
      Function<String, Object> reader = READERS.get(boxed);
      if (reader != null) {
        return reader.apply(text);
      }
      if (boxed.isEnum()) {
        return constant(boxed);
      }
      return boxed.getName().startsWith("java.time.")
          ? boxed.getMethod("parse", CharSequence.class).invoke(null, text)
          : null;
    } catch (ReflectiveOperationException | RuntimeException anotherText) {
      return null;
    }
  }

  private Object constant(Class<?> type) {
    for (Object each : type.getEnumConstants()) {
      if (((Enum<?>) each).name().equals(text)) {
        return each;
      }
    }
    return null;
  }

  private static Object truth(String text) {
    return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
  }

  private static Object unit(String text) {
    return text.length() == 1 ? text.charAt(0) : null;
  }
}
