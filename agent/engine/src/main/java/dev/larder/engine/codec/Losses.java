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
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.lang.annotation.Annotation;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Notes what makes one value of a type lose something that others of it keep.
 *
 * <p>An annotation may leave out what is empty, and a sorted set may sort in an order of its own:
 * that the first values came back whole says nothing about the next one then.
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

  /** Whether a value may lose what others of its type kept. */
  boolean arePossible() {
    return possible;
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
              || (OpenTypes.isJdkValue(OpenTypes.nameOf(raw)) && !standsForDate(raw));
      return noneFor(!isWhole);
    }

    /** Whether it may stand where a date is declared, and comes back as one. */
    @SuppressWarnings("JavaUtilDate")
    private static boolean standsForDate(Class<?> type) {
      return Date.class.isAssignableFrom(type) && type != Date.class;
    }

    @Override
    public JsonSerializer<?> findReferenceSerializer(
        SerializationConfig config,
        ReferenceType type,
        BeanDescription bean,
        TypeSerializer typeSerializer,
        JsonSerializer<Object> content) {
      // An Optional that is null comes back empty.
      return noneFor(type.getRawClass() != AtomicReference.class);
    }

    private JsonSerializer<?> noneFor(boolean mayLose) {
      if (mayLose) {
        possible = true;
      }
      return null;
    }
  }
}
