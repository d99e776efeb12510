/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The arguments by which a caller knows of what class a value is, where the method's declaration
 * leaves it open: whoever gives {@code <T extends CharSequence> T longer(T one, T other)} two
 * string builders takes its value for one, and of {@code <T> T read(String name, Class<T> type)}
 * for one of that class.
 *
 * <p>A key does not tell them all: texts and collections count by content, whatever class they are
 * of, and what a template leaves out counts for nothing.
 */
final class GivenBack {

  private final int[] alike;
  private final int[] classes;
  private final IntPredicate isInKey;

  private GivenBack(int[] alike, int[] classes, IntPredicate isInKey) {
    this.alike = alike;
    this.classes = classes;
    this.isInKey = isInKey;
  }

  /**
   * Those of a method; null where its key, or its declaration, tells all.
   *
   * @param value the declared type of its values
   * @param parameters the declared types of all its parameters
   * @param hasTemplate whether its key is a template's text
   * @param ignored the positions that no key has
   */
  static GivenBack of(Type value, Type[] parameters, boolean hasTemplate, Set<Integer> ignored) {
    if (!(value instanceof TypeVariable<?> variable)) {
      return null;
    }
    IntPredicate isInKey = i -> !hasTemplate && !ignored.contains(i);
    boolean mayBeByContent = mayBeByContent(BatchShape.erased(variable));
    int[] alike =
        positions(
            parameters, i -> isOf(variable, parameters[i]) && (mayBeByContent || !isInKey.test(i)));
    int[] classes =
        positions(parameters, i -> isClassOf(variable, parameters[i]) && !isInKey.test(i));
    return alike.length + classes.length == 0 ? null : new GivenBack(alike, classes, isInKey);
  }

  private static int[] positions(Type[] parameters, IntPredicate test) {
    return IntStream.range(0, parameters.length).filter(test).toArray();
  }

  /** Whether it is {@code T}, or {@code T...}. */
  private static boolean isOf(TypeVariable<?> variable, Type parameter) {
    return parameter.equals(variable)
        || (parameter instanceof GenericArrayType array
            && array.getGenericComponentType().equals(variable));
  }

  private static boolean isClassOf(TypeVariable<?> variable, Type parameter) {
    return parameter instanceof ParameterizedType generic
        && generic.getRawType() == Class.class
        && generic.getActualTypeArguments()[0].equals(variable);
  }

  private static boolean mayBeByContent(Class<?> bound) {
    return bound == null || bound.isInterface() || bound == Object.class || isByContent(bound);
  }

  private static boolean isByContent(Class<?> type) {
    return CharSequence.class.isAssignableFrom(type)
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || Map.Entry.class.isAssignableFrom(type);
  }

  /** Whether a caller with such arguments may take a value for what the method gives it. */
  boolean allow(Object value, Object[] arguments) {
    for (int position : classes) {
      if (arguments[position] instanceof Class<?> type
          && !MethodType.methodType(type).wrap().returnType().isInstance(value)) {
        return false;
      }
    }
    boolean isDoubtful = false;
    for (int position : alike) {
      Object argument = arguments[position];
      boolean isInKey = this.isInKey.test(position);
      for (Object each : argument instanceof Object[] all ? all : new Object[] {argument}) {
        if (each != null && each.getClass() == value.getClass()) {
          return true;
        }
        isDoubtful |= each != null && (!isInKey || isByContent(each.getClass()));
      }
    }
    return !isDoubtful;
  }
}
