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

/**
 * Writes a map's keys of the application's classes as JSON within the name that JSON asks for.
 *
 * <p>By itself Jackson writes what {@code toString} gives, from which no key can be made again.
 */
final class KeysAsText {

  private KeysAsText() {}

  private static boolean isOurs(JavaType type) {
    return !TypeIds.isJdk(type.getRawClass()) && !type.isEnumType();
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
      return isOurs(type) ? new Reader(mapper, type) : null;
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
