/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContainerSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.larder.engine.value.Comparators;
import dev.larder.engine.value.PlainCollections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes of what kind a collection is where it is not the kind that its declared type is read as: a
 * sorted map that a {@code Map} stands for, a set in a {@code Collection}, or one that cannot be
 * changed. {@link CollectionReaders} reads it.
 *
 * <p>A map is an object in JSON, and then one within an array, behind the name of its kind; any
 * other collection is an array, and then one within an object, under that name. So nothing that a
 * collection may hold is taken for a name. A map with a key that no text stands for is an array of
 * its entries, behind {@link #ENTRIES}.
 */
final class CollectionKinds {

  static final String ENTRIES = "entries";

  private CollectionKinds() {}

  /**
   * Has a module write and read them.
   *
   * @param losses is told of collections that sort in an order of their own, which is not written
   */
  static void addTo(SimpleModule module, Losses losses) {
    module.setSerializerModifier(new Writers(losses));
    module.setDeserializerModifier(new CollectionReaders(losses));
  }

  /** The type of the entries of a map. */
  static JavaType entriesOf(TypeFactory types, JavaType map) {
    return types.constructCollectionType(
        ArrayList.class,
        types.constructParametricType(KeyedValue.class, map.getKeyType(), map.getContentType()));
  }

  private static final class Writers extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    private final transient Losses losses;

    Writers(Losses losses) {
      this.losses = losses;
    }

    @Override
    public JsonSerializer<?> modifyMapSerializer(
        SerializationConfig config, MapType type, BeanDescription bean, JsonSerializer<?> plain) {
      return writer(type, plain);
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription bean,
        JsonSerializer<?> plain) {
      return writer(type, plain);
    }

    private JsonSerializer<?> writer(JavaType type, JsonSerializer<?> plain) {
      return new Writer(type, losses, plain, type.getRawClass() == Collection.class);
    }
  }

  private static final class Writer extends ContainerSerializer<Object>
      implements ContextualSerializer {
    private static final long serialVersionUID = 1L;

    private final JavaType type;
    private final transient Losses losses;
    private final JsonSerializer<Object> plain;

    /** Whether what is declared is a collection of no kind. */
    private final boolean asCollection;

    /** Of a map, as {@link KeysAsText} says. */
    private final Class<?> expectedKey;

    @SuppressWarnings("unchecked") // what it is given is of its type
    Writer(JavaType type, Losses losses, JsonSerializer<?> plain, boolean asCollection) {
      super(type);
      this.type = type;
      this.losses = losses;
      this.plain = (JsonSerializer<Object>) plain;
      this.asCollection = asCollection;
      this.expectedKey = type.isMapLikeType() ? KeysAsText.expected(type.getKeyType()) : null;
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider context, BeanProperty property)
        throws JsonMappingException {
      JsonSerializer<?> here = context.handleSecondaryContextualization(plain, property);
      boolean declared = property != null && property.getType().getRawClass() == Collection.class;
      return new Writer(type, losses, here, asCollection || declared);
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      if (goesWithoutSaying(value)) {
        plain.serialize(value, out, context);
        return;
      }
      if (!PlainCollections.has(value.getClass())) {
        losses.noteCollection();
        plain.serialize(value, out, context);
        return;
      }
      Kinds.check(value);
      noteOrder(value);
      JavaType distinct = value instanceof Map ? type.getKeyType() : type.getContentType();
      String view = Kinds.view(value.getClass());
      String base = Kinds.base(value, asCollection, distinct != null && distinct.isEnumType());
      begin(view, value, out);
      begin(base, value, out);
      if (value instanceof Map<?, ?> map && needsEntries(map)) {
        writeEntries(map, out, context);
      } else {
        plain.serialize(value, out, context);
      }
      end(base, value, out);
      end(view, value, out);
    }

    /** Of most collections, by their class alone. */
    private boolean goesWithoutSaying(Object value) {
      Class<?> raw = value.getClass();
      return raw == ArrayList.class
          || ((raw == HashMap.class || raw == LinkedHashMap.class)
              && !needsEntries((Map<?, ?>) value));
    }

    private static void begin(String name, Object value, JsonGenerator out) throws IOException {
      if (name != null && value instanceof Map) {
        out.writeStartArray();
        out.writeString(name);
      } else if (name != null) {
        out.writeStartObject();
        out.writeFieldName(name);
      }
    }

    private static void end(String name, Object value, JsonGenerator out) throws IOException {
      if (name != null && value instanceof Map) {
        out.writeEndArray();
      } else if (name != null) {
        out.writeEndObject();
      }
    }

    private boolean needsEntries(Map<?, ?> map) {
      return type.isMapLikeType() && !KeysAsText.standFor(map, expectedKey);
    }

    private void writeEntries(Map<?, ?> map, JsonGenerator out, SerializerProvider context)
        throws IOException {
      List<KeyedValue<?, ?>> entries = new ArrayList<>(map.size());
      map.forEach((key, held) -> entries.add(new KeyedValue<>(key, held)));
      out.writeStartArray();
      out.writeString(ENTRIES);
      context
          .findValueSerializer(entriesOf(context.getTypeFactory(), type), null)
          .serialize(entries, out, context);
      out.writeEndArray();
    }

    /** Where a declared type is open, its class stands with it already; a view has none. */
    @Override
    public void serializeWithType(
        Object value, JsonGenerator out, SerializerProvider context, TypeSerializer ids)
        throws IOException {
      if (value.getClass() == ArrayList.class || !PlainCollections.has(value.getClass())) {
        plain.serializeWithType(value, out, context, ids);
        return;
      }
      Kinds.check(value);
      noteOrder(value);
      if (value instanceof EnumSet || value instanceof EnumMap) {
        throw new IllegalArgumentException(
            value.getClass().getName() + " stands where its enum is not declared; declare it");
      }
      boolean isView = Kinds.view(value.getClass()) != null;
      boolean isTaken =
          value instanceof Map<?, ?> map
              && (needsEntries(map)
                  || (type.getKeyType().hasRawClass(Object.class)
                      && KeysAsText.mayBeTaken(map, ids.getPropertyName())));
      if (!isView && !isTaken) {
        plain.serializeWithType(value, out, context, ids);
        return;
      }
      WritableTypeId id = ids.typeId(value, JsonToken.VALUE_EMBEDDED_OBJECT);
      if (isView) {
        id.id = Kinds.face(value).getName();
      }
      ids.writeTypePrefix(out, id);
      serialize(value, out, context);
      ids.writeTypeSuffix(out, id);
    }

    private void noteOrder(Object value) {
      if (!Comparators.isNatural(value)) {
        losses.noteOrder();
      }
    }

    @Override
    public boolean isEmpty(SerializerProvider context, Object value) {
      return plain.isEmpty(context, value);
    }

    @Override
    public JavaType getContentType() {
      return type.getContentType();
    }

    @Override
    public JsonSerializer<?> getContentSerializer() {
      return plain instanceof ContainerSerializer<?> any ? any.getContentSerializer() : null;
    }

    @Override
    public boolean hasSingleElement(Object value) {
      return (value instanceof Map<?, ?> map ? map.size() : ((Collection<?>) value).size()) == 1;
    }

    @Override
    protected ContainerSerializer<?> _withValueTypeSerializer(TypeSerializer ids) {
      return plain instanceof ContainerSerializer<?> any // any other is of texts, which have no id
          ? new Writer(type, losses, any.withValueTypeSerializer(ids), asCollection)
          : this;
    }
  }
}
