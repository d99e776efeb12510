/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.jsontype.impl.AsArrayTypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.impl.AsArrayTypeSerializer;
import java.io.IOException;
import java.util.Date;

/**
 * The class of what stands where a {@code Date} is declared, such as a timestamp of JDBC's. Of a
 * {@code Date} itself nothing is written but its text.
 */
@SuppressWarnings("JavaUtilDate") // it is what applications declare
final class DateIds {

  private DateIds() {}

  static boolean areOf(JavaType type) {
    return type.getRawClass() == Date.class;
  }

  static TypeSerializer writer(TypeIdResolver ids) {
    return new Writer(ids, null);
  }

  static TypeDeserializer reader(JavaType type, TypeIdResolver ids) {
    return new Reader(type, ids);
  }

  private static final class Writer extends AsArrayTypeSerializer {

    Writer(TypeIdResolver ids, BeanProperty property) {
      super(ids, property);
    }

    @Override
    public AsArrayTypeSerializer forProperty(BeanProperty property) {
      return new Writer(_idResolver, property);
    }

    @Override
    public WritableTypeId writeTypePrefix(JsonGenerator out, WritableTypeId id) throws IOException {
      return isDate(id) ? id : super.writeTypePrefix(out, id);
    }

    @Override
    public WritableTypeId writeTypeSuffix(JsonGenerator out, WritableTypeId id) throws IOException {
      return isDate(id) ? id : super.writeTypeSuffix(out, id);
    }

    private static boolean isDate(WritableTypeId id) {
      return id.forValue.getClass() == Date.class;
    }
  }

  private static final class Reader extends AsArrayTypeDeserializer {
    private static final long serialVersionUID = 1L;

    Reader(JavaType type, TypeIdResolver ids) {
      super(type, ids, null, false, type);
    }

    private Reader(Reader other, BeanProperty property) {
      super(other, property);
    }

    @Override
    public TypeDeserializer forProperty(BeanProperty property) {
      return new Reader(this, property);
    }

    @Override
    public Object deserializeTypedFromArray(JsonParser in, DeserializationContext context)
        throws IOException {
      return read(in, context);
    }

    @Override
    public Object deserializeTypedFromObject(JsonParser in, DeserializationContext context)
        throws IOException {
      return read(in, context);
    }

    @Override
    public Object deserializeTypedFromScalar(JsonParser in, DeserializationContext context)
        throws IOException {
      return read(in, context);
    }

    @Override
    public Object deserializeTypedFromAny(JsonParser in, DeserializationContext context)
        throws IOException {
      return read(in, context);
    }

    private Object read(JsonParser in, DeserializationContext context) throws IOException {
      return in.hasToken(JsonToken.START_ARRAY)
          ? super.deserializeTypedFromAny(in, context)
          : _findDefaultImplDeserializer(context).deserialize(in, context);
    }
  }
}
