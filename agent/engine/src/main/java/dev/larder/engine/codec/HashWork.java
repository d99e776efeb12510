/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import dev.larder.engine.key.FieldAccess;
import java.io.InvalidObjectException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What it would take to hash the objects of one stream, so that none is hashed for ever.
 *
 * <p>Sets and maps hash their elements as they are read. A set that holds two sets, each of which
 * holds the same two, and so on, is some bytes for each level, and hashes its innermost twice as
 * often with each: forty levels take days. No filter of a stream sees that, since it is told of no
 * more than each object's depth and number. So each object is weighed when it has been read and
 * before anything can hash it: one for itself, and what those weigh that it refers to, as often as
 * it does. What is too heavy is refused. Since light objects may still be hashed often, the whole
 * has a time as well, by the stream's length.
 */
final class HashWork {

  /** What any object may weigh: to hash it takes some 100 ms before it is compiled. */
  private static final long WEIGHT = 1_000_000;

  /** What it may weigh more where the stream is long: its parts, if each stands ten times. */
  private static final long WEIGHT_PER_BYTE = 10;

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A tenth of the speed at which streams are usually read. */
  private static final long NANOS_PER_BYTE = 1_000;

  private final FieldAccess access;
  private final Map<Class<?>, List<MethodHandle>> getters;
  private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Object> walked = new IdentityHashMap<>();
  private boolean open;
  private final LongSupplier clock;
  private final long began;
  private final long nanos;
  private final long maxWeight;

  /**
   * Of one stream.
   *
   * @param getters of the fields of classes, shared by all streams of a codec
   * @param clock tells nanoseconds
   */
  HashWork(
      FieldAccess access,
      Map<Class<?>, List<MethodHandle>> getters,
      int length,
      LongSupplier clock) {
    this.access = access;
    this.getters = getters;
    this.clock = clock;
    this.began = clock.getAsLong();
    this.nanos = NANOS + NANOS_PER_BYTE * length;
    this.maxWeight = WEIGHT + WEIGHT_PER_BYTE * length;
  }

  /** Whether the stream has had all the time that it may have. */
  boolean isOver() {
    return clock.getAsLong() - began > nanos;
  }

  /**
   * Weighs what has just been read; its weight is kept, unless something that it refers to is still
   * being read.
   */
  void read(Object object) throws InvalidObjectException {
    if (object != null && !isLeaf(object)) {
      open = false;
      walked.clear();
      long weight = walk(object);
      if (!open) {
        weights.put(object, weight);
      }
    }
  }

  private long weigh(Object object) throws InvalidObjectException {
    if (object == null || isLeaf(object)) {
      return 1;
    }
    Long known = weights.get(object);
    if (known != null) {
      return known;
    }
    open = true;
    return walk(object);
  }

  private long walk(Object object) throws InvalidObjectException {
    if (walked.putIfAbsent(object, object) != null) {
      return 1; // in a circle, of which no hash comes to an end
    }
    if (isOver()) {
      throw new InvalidObjectException("reading it takes too long");
    }
    long weight = 1;
    for (Object part : parts(object)) {
      weight += weigh(part);
      if (weight > maxWeight) {
        throw new InvalidObjectException(
            "it refers to the same objects so often that hashing it would not end");
      }
    }
    walked.remove(object);
    return weight;
  }

  private static boolean isLeaf(Object object) {
    Class<?> type = object.getClass();
    return type.isArray()
        ? type.getComponentType().isPrimitive()
        : object instanceof Enum
            || object instanceof Class
            || (TypeIds.isJdk(type)
                && !(object instanceof Collection
                    || object instanceof Map
                    || object instanceof Map.Entry));
  }

  private List<Object> parts(Object object) throws InvalidObjectException {
    if (object instanceof Object[] array) {
      return Arrays.asList(array);
    }
    List<Object> parts = new ArrayList<>();
    if (object instanceof Collection<?> collection) {
      parts.addAll(collection);
    } else if (object instanceof Map<?, ?> map) {
      parts.addAll(map.keySet());
      parts.addAll(map.values());
    } else if (object instanceof Map.Entry<?, ?> entry) {
      parts.add(entry.getKey());
      parts.add(entry.getValue());
    }
    try {
      for (MethodHandle getter : getters(object.getClass())) {
        parts.add((Object) getter.invoke(object));
      }
    } catch (Throwable unread) {
      throw new InvalidObjectException(
          object.getClass().getName() + " cannot be looked into: " + unread);
    }
    return parts;
  }

  /** Of the fields that the application's classes have added to the JDK's. */
  private List<MethodHandle> getters(Class<?> type) throws IllegalAccessException {
    List<MethodHandle> known = getters.get(type);
    if (known != null) {
      return known;
    }
    List<MethodHandle> made = new ArrayList<>();
    for (Class<?> next = type; next != null && !TypeIds.isJdk(next); next = next.getSuperclass()) {
      MethodHandles.Lookup lookup = access.lookupIn(next);
      for (Field field : next.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          made.add(lookup.unreflectGetter(field));
        }
      }
    }
    getters.put(type, made);
    return made;
  }
}
