/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads what {@link CollectionKinds} has written. */
final class CollectionReaders extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1L;

  private final transient Losses losses;

  CollectionReaders(Losses losses) {
    this.losses = losses;
  }

  @Override
  public JsonDeserializer<?> modifyMapDeserializer(
      DeserializationConfig config, MapType type, BeanDescription bean, JsonDeserializer<?> plain) {
    return new Reader(type, plain);
  }

  @Override
  public JsonDeserializer<?> modifyCollectionDeserializer(
      DeserializationConfig config,
      CollectionType type,
      BeanDescription bean,
      JsonDeserializer<?> plain) {
    return new Reader(type, plain);
  }

  /** An array of another class than the declared one comes back as that. */
  @Override
  public JsonDeserializer<?> modifyArrayDeserializer(
      DeserializationConfig config,
      ArrayType type,
      BeanDescription bean,
      JsonDeserializer<?> plain) {
    Class<?> element = type.getContentType().getRawClass();
    if (!element.isPrimitive() && !element.isArray() && !Modifier.isFinal(element.getModifiers())) {
      losses.noteArray();
    }
    return plain;
  }

  private static final class Reader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** The type that a place has; before that is known, the class that stands for it. */
    private final JavaType declared;

    Reader(JavaType declared, JsonDeserializer<?> plain) {
      super(plain);
      this.declared = declared;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> plain) {
      return new Reader(declared, plain);
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      JavaType here = context.getContextualType();
      JsonDeserializer<?> plain =
          context.handleSecondaryContextualization(_delegatee, property, here);
      return TypeIds.isJdk(here.getRawClass()) ? new Reader(here, plain) : plain;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
      boolean isNamed =
          in.hasToken(declared.isMapLikeType() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT);
      return isNamed ? named(in, context) : super.deserialize(in, context);
    }

    private Object named(JsonParser in, DeserializationContext context) throws IOException {
      JsonToken end = declared.isMapLikeType() ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
      in.nextToken();
      if (in.currentToken() == end) {
        return context.reportInputMismatch(declared, "no kind");
      }
      String name = in.getText();
      in.nextToken();
      Object value =
          declared.isMapLikeType() && name.equals(CollectionKinds.ENTRIES)
              ? entries(in, context)
              : ofKind(name, in, context);
      if (in.nextToken() != end) {
        context.reportWrongTokenException(declared, end, "behind a collection of a kind");
      }
      return value;
    }

    private Object ofKind(String name, JsonParser in, DeserializationContext context)
        throws IOException {
      Class<?> kind = Kinds.classOf(name);
      if (kind != null && declared.getRawClass().isAssignableFrom(kind)) {
        return context.readValue(
            in, context.getTypeFactory().constructSpecializedType(declared, kind, true));
      }
      UnaryOperator<Object> view = Kinds.viewOf(name);
      Object value = view == null ? null : deserialize(in, context);
      Object seen = value == null ? null : view.apply(value);
      return declared.getRawClass().isInstance(seen)
          ? seen
          : context.reportInputMismatch(declared, "no kind that may stand here");
    }

    @SuppressWarnings("unchecked") // as the type says that it is read as
    private Object entries(JsonParser in, DeserializationContext context) throws IOException {
      List<KeyedValue<Object, Object>> entries =
          context.readValue(in, CollectionKinds.entriesOf(context.getTypeFactory(), declared));
      Map<Object, Object> map = (Map<Object, Object>) empty(context);
      for (KeyedValue<Object, Object> each : entries) {
        map.put(each.key(), each.value());
      }
      return map;
    }

    /** An empty map of the class that the declared type is read as. */
    private Object empty(DeserializationContext context) throws IOException {
      try (TokenBuffer nothing = new TokenBuffer(context.getParser(), context)) {
        nothing.writeStartObject();
        nothing.writeEndObject();
        try (JsonParser in = nothing.asParserOnFirstToken()) {
          return super.deserialize(in, context);
        }
      }
    }
  }
}
