/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.io.Externalizable;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Objects that count by their fields: records, and other classes that are meant as values.
 *
 * <p>A class is meant as one if it has or inherits an {@code equals}, or shows each of its fields
 * as a property. The fields' names and types are part of the value, so that another release's class
 * of the same name never takes its entries for its own.
 */
final class ObjectShape extends Shape {

  /** Reflection gives them in any order. An obfuscator may have given several of them one name. */
  private static final Comparator<Field> BY_NAME =
      Comparator.comparing(Field::getName).thenComparing(field -> field.getType().getName());

  private final byte[] head;
  private final FieldReader[] readers;
  private final LazyTypes.Enhanced lazy;

  private ObjectShape(byte[] head, FieldReader[] readers, LazyTypes.Enhanced lazy) {
    this.head = head;
    this.readers = readers;
    this.lazy = lazy;
  }

  /** The shape of a class whose instances have a value if it is meant as one. */
  static Shape of(Class<?> type, FieldAccess access) throws IllegalAccessException {
    return of(type, access, false);
  }

  /**
   * The shape of a class.
   *
   * @param always whether its instances have a value though it is not meant as one
   */
  static Shape of(Class<?> type, FieldAccess access, boolean always) throws IllegalAccessException {
    List<Field> fields = new ArrayList<>();
    boolean writesItself = writesItself(type);
    for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
      String hidden = collect(next, writesItself && !JdkShapes.isJdk(next), fields);
      if (hidden != null && next != type && JdkShapes.isJdk(next)) {
        return refused("has no value: " + next.getName() + " keeps " + hidden + " to itself");
      }
    }
    if (!always && !hasEquals(type)) {
      for (Field field : fields) {
        if (!isProperty(field, type)) {
          return refused(
              "has no value: class "
                  + type.getName()
                  + " has no equals, and no property for its field "
                  + field.getName());
        }
      }
    }
    return of(type, fields, access);
  }

  /**
   * The shape of a collection or map of the application's own, which counts by all of its fields:
   * its iterator is not to be run.
   */
  static Shape ofHolder(Class<?> type, FieldAccess access) throws IllegalAccessException {
    List<Field> fields = new ArrayList<>();
    for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
      if (!JdkShapes.isJdk(next)) {
        Stream.of(next.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .sorted(BY_NAME)
            .forEach(fields::add);
      } else if (!Modifier.isAbstract(next.getModifiers())) {
        return refused("extends " + next.getName() + ", which keeps what it holds to itself");
      }
    }
    return of(type, fields, access);
  }

  private static Shape of(Class<?> type, List<Field> fields, FieldAccess access)
      throws IllegalAccessException {
    FieldReader[] readers = new FieldReader[fields.size()];
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < readers.length; i++) {
      Field field = fields.get(i);
      readers[i] = FieldReader.of(field, access.lookupIn(field.getDeclaringClass()));
      names.append(field.getDeclaringClass().getName()).append(' ').append(field.getName());
      names.append(' ').append(field.getType().getName()).append('\n');
    }
    Bytes head = new Bytes();
    head.put(Bytes.OBJECT);
    head.putText(type.getName());
    Bytes shape = new Bytes();
    shape.putText(names.toString());
    head.putAll(Arrays.copyOf(Composite.sha256(shape.toArray()), 8));
    return new ObjectShape(head.toArray(), readers, LazyTypes.Enhanced.of(type, access));
  }

  @Override
  void write(Object value, Walk walk) throws NoKeyException {
    if (lazy != null) {
      lazy.check(value, walk);
    }
    walk.enter(value);
    walk.out().putAll(head);
    for (FieldReader reader : readers) {
      reader.write(value, walk);
    }
    walk.leave();
  }

  /**
   * Whether a class says itself what of its instances is written, so that transient fields are no
   * mere notes: a hash table, say, whose entries are written and not its array.
   */
  private static boolean writesItself(Class<?> type) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return false;
    }
    for (Class<?> next = type;
        next != null && !JdkShapes.isJdk(next);
        next = next.getSuperclass()) {
      if (declares(next, "writeObject", ObjectOutputStream.class)
          || declares(next, "writeReplace")) {
        return true;
      }
    }
    return Externalizable.class.isAssignableFrom(type);
  }

  private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
    return Stream.of(type.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals(name)
                    && Arrays.equals(method.getParameterTypes(), parameters));
  }

  /**
   * Adds the fields of one class that count, by name since reflection gives them in any order.
   *
   * @param transients whether transient ones do
   * @return the name of a field that was left out for being transient; null if there is none
   */
  private static String collect(Class<?> type, boolean transients, List<Field> fields) {
    String hidden = null;
    List<Field> own = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      int modifiers = field.getModifiers();
      if (Modifier.isStatic(modifiers)) {
        continue;
      }
      if (!transients && Modifier.isTransient(modifiers) && !Modifier.isFinal(modifiers)) {
        hidden = field.getName();
      } else {
        own.add(field);
      }
    }
    own.sort(BY_NAME);
    fields.addAll(own);
    return hidden;
  }

  private static boolean hasEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no equals, though Object has", e);
    }
  }

  private static boolean isProperty(Field field, Class<?> type) {
    String name = field.getName();
    if (Modifier.isPublic(field.getModifiers())) {
      return true;
    }
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    if (isGetter("get" + capital, type) || isGetter("get" + name, type)) {
      return true;
    }
    boolean isTruth = field.getType() == boolean.class || field.getType() == Boolean.class;
    return isTruth
        && (isGetter("is" + capital, type) || (name.startsWith("is") && isGetter(name, type)));
  }

  private static boolean isGetter(String name, Class<?> type) {
    try {
      Method method = type.getMethod(name);
      return !Modifier.isStatic(method.getModifiers()) && method.getReturnType() != void.class;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
