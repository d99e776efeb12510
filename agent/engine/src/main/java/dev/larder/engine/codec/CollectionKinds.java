/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContainerSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import dev.larder.engine.value.Comparators;
import dev.larder.engine.value.PlainCollections;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes of what kind a collection is where it is not the kind that its declared type is read as: a
 * sorted map that a {@code Map} stands for, or a set in a {@code Collection}.
 *
 * <p>A map is an object in JSON, and then one within an array, behind the name of its class; any
 * other collection is an array, and then one within an object, under that name. So nothing that a
 * collection may hold is taken for a name.
 */
final class CollectionKinds {

  private static final Set<Class<?>> SORTING =
      Set.of(
          TreeMap.class,
          TreeSet.class,
          ConcurrentSkipListMap.class,
          ConcurrentSkipListSet.class,
          PriorityQueue.class);

  private static final Map<String, Class<?>> NAMED =
      Stream.concat(SORTING.stream(), Stream.of(LinkedHashSet.class))
          .collect(Collectors.toUnmodifiableMap(Class::getName, each -> each));

  private CollectionKinds() {}

  /**
   * Has a module write and read them.
   *
   * @param losses is told of collections that sort in an order of their own, which is not written
   */
  static void addTo(SimpleModule module, Losses losses) {
    module.setSerializerModifier(new Writers(losses));
    module.setDeserializerModifier(new Readers());
  }

  /** The name to be written of a collection or map; null where its kind goes without saying. */
  private static String nameOf(Object value, boolean asCollection) {
    Class<?> type = value.getClass();
    if (!PlainCollections.has(type)) {
      return null;
    }
    if (SORTING.contains(type)) {
      return type.getName();
    }
    if (value instanceof SortedMap) { // a part or a view of one
      return TreeMap.class.getName();
    }
    if (value instanceof SortedSet) {
      return TreeSet.class.getName();
    }
    return asCollection && value instanceof Set ? LinkedHashSet.class.getName() : null;
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
      Class<?> raw = type.getRawClass();
      boolean maySort =
          raw.isAssignableFrom(TreeMap.class) || SortedMap.class.isAssignableFrom(raw);
      return maySort ? writer(type, plain) : plain;
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription bean,
        JsonSerializer<?> plain) {
      Class<?> raw = type.getRawClass();
      boolean mayBeNamed =
          raw.isAssignableFrom(PriorityQueue.class)
              || raw == PriorityQueue.class
              || Set.class.isAssignableFrom(raw);
      return mayBeNamed ? writer(type, plain) : plain;
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

    @SuppressWarnings("unchecked") // what it is given is of its type
    Writer(JavaType type, Losses losses, JsonSerializer<?> plain, boolean asCollection) {
      super(type);
      this.type = type;
      this.losses = losses;
      this.plain = (JsonSerializer<Object>) plain;
      this.asCollection = asCollection;
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
      noteOrder(value);
      String name = nameOf(value, asCollection);
      if (name == null) {
        plain.serialize(value, out, context);
      } else if (value instanceof Map) {
        out.writeStartArray();
        out.writeString(name);
        plain.serialize(value, out, context);
        out.writeEndArray();
      } else {
        out.writeStartObject();
        out.writeFieldName(name);
        plain.serialize(value, out, context);
        out.writeEndObject();
      }
    }

    /** Where a declared type is open, its class stands with it already. */
    @Override
    public void serializeWithType(
        Object value, JsonGenerator out, SerializerProvider context, TypeSerializer ids)
        throws IOException {
      noteOrder(value);
      plain.serializeWithType(value, out, context, ids);
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

  private static final class Readers extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyMapDeserializer(
        DeserializationConfig config,
        MapType type,
        BeanDescription bean,
        JsonDeserializer<?> plain) {
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
      for (Class<?> kind : NAMED.values()) {
        if (here.getRawClass().isAssignableFrom(kind)) {
          return new Reader(here, plain);
        }
      }
      return plain;
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
      Class<?> kind = in.currentToken() == end ? null : NAMED.get(in.getText());
      if (kind == null || !declared.getRawClass().isAssignableFrom(kind)) {
        return context.reportInputMismatch(declared, "no kind that may stand here");
      }
      in.nextToken();
      Object value =
          context.readValue(
              in, context.getTypeFactory().constructSpecializedType(declared, kind, true));
      if (in.nextToken() != end) {
        context.reportWrongTokenException(declared, end, "behind a collection of a kind");
      }
      return value;
    }
  }
}
