/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads annotations of the application's Jackson as if they were of Larder's.
 *
 * <p>They have the same names in every Jackson from 2.9 to 3.x, and different classes, since
 * Larder's Jackson is in a class loader of its own. An attribute that the application's version
 * does not have has the default of Larder's.
 */
final class AnnotationBridge {

  private static final String JACKSON = "com.fasterxml.jackson.";

  private AnnotationBridge() {}

  /** Larder's annotation with the attributes of the application's of the same name. */
  static <A extends Annotation> A bridge(Annotation theirs, Class<A> ours) {
    if (ours.isInstance(theirs)) {
      return ours.cast(theirs);
    }
    Map<String, Object> attributes = new ConcurrentHashMap<>();
    for (Method attribute : ours.getDeclaredMethods()) {
      Object value = convert(valueOf(theirs, attribute.getName()), attribute.getReturnType());
      attributes.put(attribute.getName(), value == null ? attribute.getDefaultValue() : value);
    }
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "annotationType" -> ours;
              case "toString" -> theirs.toString();
              case "hashCode" -> theirs.hashCode();
              case "equals" -> proxy == arguments[0];
              default -> attributes.get(method.getName());
            };
    return ours.cast(Proxy.newProxyInstance(ours.getClassLoader(), new Class<?>[] {ours}, handler));
  }

  /** An attribute of any annotation; null if it has none of that name. */
  static Object valueOf(Annotation annotation, String attribute) {
    try {
      Method method = annotation.annotationType().getMethod(attribute);
      method.trySetAccessible();
      return method.invoke(annotation);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          attribute + " of " + annotation.annotationType().getName() + " cannot be read", e);
    }
  }

  /** The names of the classes that {@code @JsonSubTypes} of a class lists. */
  static Set<String> subtypesOf(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (Annotation each : type.getAnnotations()) {
      if (each.annotationType().getName().equals(JACKSON + "annotation.JsonSubTypes")) {
        for (Annotation listed : (Annotation[]) valueOf(each, "value")) {
          names.add(((Class<?>) valueOf(listed, "value")).getName());
        }
      }
    }
    return names;
  }

  /** The value in Larder's classes; null if there is no such there. */
  private static Object convert(Object value, Class<?> type) {
    if (value == null) {
      return null;
    }
    if (type.isArray() && value.getClass().isArray()) {
      Object array = Array.newInstance(type.getComponentType(), Array.getLength(value));
      for (int i = 0; i < Array.getLength(value); i++) {
        Object element = convert(Array.get(value, i), type.getComponentType());
        if (element == null) {
          return null;
        }
        Array.set(array, i, element);
      }
      return array;
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(((Enum<?>) value).name())) {
          return constant;
        }
      }
      return null;
    }
    if (type.isAnnotation()) {
      return bridge((Annotation) value, type.asSubclass(Annotation.class));
    }
    return value instanceof Class ? ours((Class<?>) value) : value;
  }

  /** Larder's class of that name for one of Jackson's, and any other class itself. */
  private static Class<?> ours(Class<?> theirs) {
    if (!theirs.getName().startsWith(JACKSON)) {
      return theirs;
    }
    try {
      return Class.forName(theirs.getName(), false, AnnotationBridge.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
