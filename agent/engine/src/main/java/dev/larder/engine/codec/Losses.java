/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.ReferenceType;
import dev.larder.engine.value.PlainCollections;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notes what makes one value of a type lose something that others of it keep.
 *
 * <p>An annotation may leave out what is empty, and a sorted set may sort in an order of its own:
 * that the first values came back whole says nothing about the next one then. Nor does it about one
 * that holds an object of a class which none of them had.
 */
final class Losses {

  private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation.";

  /** Annotations that treat all values alike. */
  private static final Set<String> EVEN =
      Set.of(
          "JsonAlias",
          "JsonClassDescription",
          "JsonManagedReference",
          "JsonPropertyDescription",
          "JsonPropertyOrder",
          "JsonRootName",
          "JsonSubTypes",
          "JsonTypeInfo",
          "JsonTypeName");

  /** Null is what a field has that was not read. */
  private static final Set<String> INCLUSIONS = Set.of("ALWAYS", "NON_NULL", "USE_DEFAULTS");

  private volatile boolean possible;

  /** How many types were met. */
  private final AtomicInteger met = new AtomicInteger();

  /** Whether a value may lose what others of its type kept. */
  boolean arePossible() {
    return possible;
  }

  /**
   * How many types of values were met: more than before once a value holds an object of a class
   * that none before it had.
   */
  int met() {
    return met.get();
  }

  /** Notes that a class has fields that are not written. */
  void noteTransient() {
    possible = true;
  }

  /** Notes that a collection is none of the JDK's, and may come back as one. */
  void noteCollection() {
    possible = true;
  }

  /** Notes that an array may be of another class than the declared one, as which it comes back. */
  void noteArray() {
    possible = true;
  }

  /** Notes an annotation of Jackson's that counts. */
  void note(Annotation annotation) {
    if (!possible) {
      possible = !isEven(annotation);
    }
  }

  /** Notes that a collection sorts in an order of its own, which is not written. */
  void noteOrder() {
    possible = true;
  }

  private static boolean isEven(Annotation annotation) {
    String name = annotation.annotationType().getName();
    if (name.equals(ANNOTATIONS + "JsonProperty")) {
      return has(annotation, "access", Set.of("AUTO", "READ_WRITE"));
    }
    if (name.equals(ANNOTATIONS + "JsonInclude")) {
      return has(annotation, "value", INCLUSIONS)
          && has(annotation, "content", Set.of("ALWAYS", "USE_DEFAULTS"));
    }
    return name.startsWith(ANNOTATIONS) && EVEN.contains(name.substring(ANNOTATIONS.length()));
  }

  private static boolean has(Annotation annotation, String attribute, Set<String> values) {
    Object value = AnnotationBridge.valueOf(annotation, attribute);
    return value == null || values.contains(((Enum<?>) value).name());
  }

  /** Is asked for a serializer of each type that is written, and never has one. */
  Serializers watch() {
    return new Watch();
  }

  private final class Watch extends Serializers.Base {
    @Override
    public JsonSerializer<?> findSerializer(
        SerializationConfig config, JavaType type, BeanDescription bean) {
      Class<?> raw = type.getRawClass();
      boolean isWhole =
          !TypeIds.isJdk(raw)
              || raw.isPrimitive()
              || raw.isEnum()
              || raw == Object.class
              || OpenTypes.isJdkValue(OpenTypes.nameOf(raw));
      return noneFor(!isWhole);
    }

    @Override
    public JsonSerializer<?> findCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription bean,
        TypeSerializer ids,
        JsonSerializer<Object> content) {
      return noneFor(!PlainCollections.has(type.getRawClass()));
    }

    @Override
    public JsonSerializer<?> findMapSerializer(
        SerializationConfig config,
        MapType type,
        BeanDescription bean,
        JsonSerializer<Object> keys,
        TypeSerializer ids,
        JsonSerializer<Object> content) {
      return noneFor(!PlainCollections.has(type.getRawClass()));
    }

    @Override
    public JsonSerializer<?> findArraySerializer(
        SerializationConfig config,
        ArrayType type,
        BeanDescription bean,
        TypeSerializer ids,
        JsonSerializer<Object> content) {
      return noneFor(false);
    }

    @Override
    public JsonSerializer<?> findReferenceSerializer(
        SerializationConfig config,
        ReferenceType type,
        BeanDescription bean,
        TypeSerializer typeSerializer,
        JsonSerializer<Object> content) {
      // An Optional that is null comes back empty.
      return noneFor(type.getRawClass() != JsonCodec.Root.class);
    }

    private JsonSerializer<?> noneFor(boolean mayLose) {
      met.incrementAndGet();
      if (mayLose) {
        possible = true;
      }
      return null;
    }
  }
}
