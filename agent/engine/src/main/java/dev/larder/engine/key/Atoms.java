/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.Currency;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Values of the JDK that are their own parts: they never change, and their {@code equals} is
 * equality by value.
 *
 * <p>{@code URI} is none of them: its {@code equals} takes no account of case. An enum of the
 * application is none either, since a constant in a key would hold the class loader that defined
 * it.
 */
final class Atoms {

  private static final Set<Class<?>> CLASSES =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Character.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          MathContext.class,
          UUID.class,
          Locale.class,
          Currency.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Duration.class,
          Period.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          HijrahDate.class,
          JapaneseDate.class,
          MinguoDate.class,
          ThaiBuddhistDate.class);

  private Atoms() {}

  static boolean has(Class<?> type) {
    return CLASSES.contains(type)
        || ZoneId.class.isAssignableFrom(type)
        || (Enum.class.isAssignableFrom(type) && JdkShapes.isJdk(type));
  }

  static void write(Object atom, Bytes out) {
    if (atom instanceof String text) {
      out.putText(text);
    } else if (atom instanceof Long number) {
      out.put(Bytes.LONG);
      out.putLong(number);
    } else if (atom instanceof Integer number) {
      out.put(Bytes.INT);
      out.putInt(number);
    } else if (atom instanceof Boolean truth) {
      out.put(Bytes.BOOLEAN);
      out.put(truth ? 1 : 0);
    } else if (atom instanceof Double number) {
      out.put(Bytes.DOUBLE);
      out.putLong(Double.doubleToLongBits(number));
    } else if (atom instanceof Float number) {
      out.put(Bytes.FLOAT);
      out.putInt(Float.floatToIntBits(number));
    } else if (atom instanceof Short number) {
      out.put(Bytes.SHORT);
      out.putShort(number);
    } else if (atom instanceof Byte number) {
      out.put(Bytes.BYTE);
      out.put(number);
    } else if (atom instanceof Character unit) {
      out.put(Bytes.CHAR);
      out.putShort(unit);
    } else if (atom instanceof UUID id) {
      out.put(Bytes.UUID);
      out.putLong(id.getMostSignificantBits());
      out.putLong(id.getLeastSignificantBits());
    } else if (atom instanceof BigInteger number) {
      out.put(Bytes.BIG_INTEGER);
      out.putSized(number.toByteArray());
    } else if (atom instanceof BigDecimal number) {
      out.put(Bytes.BIG_DECIMAL);
      out.putInt(number.scale());
      out.putSized(number.unscaledValue().toByteArray());
    } else if (atom instanceof Enum<?> constant) {
      out.putNamed(constant.getDeclaringClass().getName(), constant.name());
    } else if (atom instanceof Locale locale) {
      out.putNamed("java.util.Locale", text(locale));
    } else {
      out.putNamed(atom.getClass().getName(), atom.toString());
    }
  }

  /** All that makes two locales differ; their own {@code toString} leaves some of it out. */
  private static String text(Locale locale) {
    StringBuilder text = new StringBuilder();
    append(text, locale.getLanguage());
    append(text.append('.'), locale.getScript());
    append(text.append('.'), locale.getCountry());
    append(text.append('.'), locale.getVariant());
    if (locale.hasExtensions()) {
      for (char key : new TreeSet<>(locale.getExtensionKeys())) {
        append(text.append('.').append(key).append('.'), locale.getExtension(key));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.replace("~", "~~").replace(".", "~."));
  }
}
