/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.KeyDeserializers;
import com.fasterxml.jackson.databind.ser.Serializers;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Writes a map's keys of the application's classes as JSON within the name that JSON asks for.
 *
 * <p>By itself Jackson writes what {@code toString} gives, from which no key can be made again.
 * Which of the JDK's keys have a text is told here as well.
 */
@SuppressWarnings("JavaUtilDate") // it is one of the keys
final class KeysAsText {

  /** The JDK's types whose texts Jackson reads as what they were. */
  private static final Set<Class<?>> TEXTS =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          byte[].class,
          UUID.class,
          URI.class,
          URL.class,
          Locale.class,
          Currency.class,
          Class.class,
          Date.class,
          ZoneId.class,
          ZoneOffset.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Duration.class,
          Period.class,
          Year.class,
          YearMonth.class,
          MonthDay.class);

  /** Of these it takes a look at each key to tell. */
  private static final Set<Class<?>> VARIED = Set.of(String.class, Character.class, Date.class);

  private KeysAsText() {}

  private static boolean isOurs(JavaType type) {
    return !TypeIds.isJdk(type.getRawClass()) && !type.isEnumType();
  }

  /**
   * The class that a key must have for a text to stand for it; null where a text stands for any key
   * but null.
   *
   * @param type the declared type of the keys; where it is open, texts are texts
   */
  static Class<?> expected(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (isOurs(type) || type.isEnumType() || (TEXTS.contains(raw) && !VARIED.contains(raw))) {
      return null;
    }
    return TEXTS.contains(raw) ? raw : String.class;
  }

  /**
   * Whether texts stand for all keys of a map.
   *
   * @param expected what {@link #expected} has given
   */
  static boolean standFor(Map<?, ?> map, Class<?> expected) {
    if (hasNull(map)) {
      return false;
    }
    if (expected != null) {
      for (Object key : map.keySet()) {
        if (key.getClass() != expected
            || (key instanceof String text && hasHalfPair(text))
            || (key instanceof Character letter && Character.isSurrogate(letter))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a text has half a surrogate pair: JSON's names cannot hold that, its texts can. */
  private static boolean hasHalfPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /**
   * Whether a key of a map may be taken for a name that stands beside its keys.
   *
   * @param map for all whose keys texts stand, as they do of an open type if they are texts
   */
  static boolean mayBeTaken(Map<?, ?> map, String name) {
    return map.containsKey(name);
  }

  private static boolean hasNull(Map<?, ?> map) {
    if (map.getClass() == HashMap.class || map.getClass() == LinkedHashMap.class) {
      return map.containsKey(null);
    }
    if (map instanceof SortedMap) { // which asks its comparator
      return false;
    }
    try {
      return map.containsKey(null);
    } catch (NullPointerException none) { // as maps answer that never have one
      return false;
    }
  }

  /** Finds what writes such keys. */
  static final class Writers extends Serializers.Base {
    private final ObjectMapper mapper;

    Writers(ObjectMapper mapper) {
      this.mapper = mapper;
    }

    @Override
    public JsonSerializer<?> findSerializer(
        SerializationConfig config, JavaType type, BeanDescription bean) {
      return isOurs(type) ? new Writer(mapper, type) : null;
    }
  }

  /** Finds what reads such keys. */
  static final class Readers implements KeyDeserializers {
    private final ObjectMapper mapper;

    Readers(ObjectMapper mapper) {
      this.mapper = mapper;
    }

    @Override
    public KeyDeserializer findKeyDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription bean) {
      if (isOurs(type)) {
        return new Reader(mapper, type);
      }
      return type.isEnumType() || TEXTS.contains(type.getRawClass()) ? null : new Texts(type);
    }
  }

  /** Reads keys whose declared type is open: texts, as any other stands in an entry. */
  private static final class Texts extends KeyDeserializer {
    private final JavaType type;

    Texts(JavaType type) {
      this.type = type;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      return type.getRawClass().isAssignableFrom(String.class)
          ? key
          : context.handleWeirdKey(type.getRawClass(), key, "it is no such key");
    }
  }

  private static final class Writer extends JsonSerializer<Object> {
    private final ObjectMapper mapper;
    private final JavaType type;

    Writer(ObjectMapper mapper, JavaType type) {
      this.mapper = mapper;
      this.type = type;
    }

    @Override
    public void serialize(Object key, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeFieldName(mapper.writerFor(type).writeValueAsString(key));
    }
  }

  private static final class Reader extends KeyDeserializer {
    private final ObjectMapper mapper;
    private final JavaType type;

    Reader(ObjectMapper mapper, JavaType type) {
      this.mapper = mapper;
      this.type = type;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      return mapper.readerFor(type).readValue(key);
    }
  }
}
