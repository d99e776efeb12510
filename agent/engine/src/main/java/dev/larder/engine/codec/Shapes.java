/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Fingerprints of declared types: equal in every JVM that has the same classes, and different once
 * a class among them has changed in what of it is stored.
 */
public final class Shapes {

  private static final int MAX_CLASSES = 2_000;

  private final MessageDigest digest;
  private final Set<Class<?>> seen = new HashSet<>();

  private Shapes() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The fingerprint of a type: of its text and, for each class of the application's in it, of the
   * names and types of its fields, its constants if it is an enum, and its subclasses if it is
   * sealed.
   */
  public static long fingerprint(Type type) {
    Shapes shapes = new Shapes();
    shapes.add(type);
    return ByteBuffer.wrap(shapes.digest.digest()).getLong();
  }

  private void add(Type type) {
    text(type.getTypeName());
    if (type instanceof Class<?> raw) {
      addClass(raw);
    } else if (type instanceof ParameterizedType parameterized) {
      add(parameterized.getRawType());
      addAll(parameterized.getActualTypeArguments());
    } else if (type instanceof GenericArrayType array) {
      add(array.getGenericComponentType());
    } else if (type instanceof WildcardType wildcard) {
      addAll(wildcard.getUpperBounds());
    }
  }

  private void addAll(Type[] types) {
    for (Type each : types) {
      add(each);
    }
  }

  private void addClass(Class<?> type) {
    if (type.isArray()) {
      add(type.getComponentType());
      return;
    }
    if (isJdk(type) || seen.size() == MAX_CLASSES || !seen.add(type)) {
      return;
    }
    Field[] fields = type.getDeclaredFields();
    Arrays.sort(
        fields,
        Comparator.comparing(Field::getName).thenComparing(each -> each.getType().getName()));
    for (Field each : fields) {
      if (each.isEnumConstant()) {
        text(each.getName());
      } else if (!Modifier.isStatic(each.getModifiers())) {
        text(Modifier.isTransient(each.getModifiers()) ? "transient" : "field");
        text(each.getName());
        add(each.getGenericType());
      }
    }
    if (type.isSealed()) {
      addAll(type.getPermittedSubclasses());
    }
    if (type.getGenericSuperclass() != null) {
      add(type.getGenericSuperclass());
    }
  }

  private static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** Takes a text with its length, so that no two sequences of texts are the same bytes. */
  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
