/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.key.KeyParts;
import dev.larder.engine.key.NoKeyException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns the arguments of one target's calls into the parts of its keys.
 *
 * <p>An integral primitive is a {@code Long} in a key, whatever its width: the key belongs to the
 * method, whose parameter has one type, and so a caller's {@code evict(cache, 7)} meets {@code
 * find(long)}.
 */
public final class CallArguments {

  private static final List<Class<?>> PRIMITIVES =
      List.of(
          long.class,
          int.class,
          short.class,
          byte.class,
          char.class,
          boolean.class,
          double.class,
          float.class);

  private final KeyParts keyParts;
  private final Class<?>[] types;
  private final int[] counted;
  private final boolean allCount;

  /** Of a method's parameter types, less those at ignored positions. */
  public CallArguments(KeyParts keyParts, MethodType type, Set<Integer> ignored) {
    this.keyParts = keyParts;
    List<Class<?>> counting = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < type.parameterCount(); i++) {
      if (!ignored.contains(i)) {
        counting.add(type.parameterType(i));
        positions.add(i);
      }
    }
    this.types = counting.toArray(new Class<?>[0]);
    this.counted = positions.stream().mapToInt(Integer::intValue).toArray();
    this.allCount = counted.length == type.parameterCount();
  }

  private CallArguments(KeyParts keyParts, Class<?>[] types, int[] counted, boolean allCount) {
    this.keyParts = keyParts;
    this.types = types;
    this.counted = counted;
    this.allCount = allCount;
  }

  /**
   * The same, where a parameter's type says more than its class in the method's descriptor.
   *
   * @param declared the types of all parameters
   */
  CallArguments narrowedTo(Type[] declared) {
    Class<?>[] narrowed = types.clone();
    for (int i = 0; i < narrowed.length; i++) {
      Class<?> type = counted[i] < declared.length ? BatchShape.erased(declared[counted[i]]) : null;
      if (type != null && narrowed[i].isAssignableFrom(type)) {
        narrowed[i] = type;
      }
    }
    return Arrays.equals(narrowed, types)
        ? this
        : new CallArguments(keyParts, narrowed, counted, allCount);
  }

  /** Of the parameters that count of a method of whatever release, by the names of their types. */
  public CallArguments(KeyParts keyParts, List<String> typeNames) {
    this.keyParts = keyParts;
    this.types = typeNames.stream().map(CallArguments::typeNamed).toArray(Class<?>[]::new);
    this.counted = IntStream.range(0, types.length).toArray();
    this.allCount = true;
  }

  /** A type of the JDK's; of another one nothing need be known. */
  private static Class<?> typeNamed(String name) {
    for (Class<?> primitive : PRIMITIVES) {
      if (primitive.getName().equals(name)) {
        return primitive;
      }
    }
    try {
      return name.startsWith("java.") ? Class.forName(name, false, null) : Object.class;
    } catch (ClassNotFoundException elsewhere) { // of a newer JDK, or not of its base
      return Object.class;
    }
  }

  /** The names of the types of the parameters that count. */
  public List<String> typeNames() {
    return Arrays.stream(types).map(Class::getName).toList();
  }

  /** The types as in source, for people. */
  public List<String> shownTypes() {
    return Arrays.stream(types).map(Class::getTypeName).toList();
  }

  public static boolean isIntegral(Class<?> type) {
    return type == long.class
        || type == int.class
        || type == short.class
        || type == byte.class
        || type == char.class
        || type == boolean.class;
  }

  /** Whether every parameter counts. */
  public boolean allCount() {
    return allCount;
  }

  /** The parameter of the whole method at which a counted one stands. */
  public int position(int i) {
    return counted[i];
  }

  /** Whether whatever is given for a counted parameter is its own part. */
  public boolean isAtom(int i) {
    Class<?> type = types[i];
    return type.isPrimitive() || (Modifier.isFinal(type.getModifiers()) && keyParts.isAtom(type));
  }

  /** Whether whatever is given for each is its own part. */
  public boolean allAtoms() {
    return IntStream.range(0, types.length).allMatch(this::isAtom);
  }

  /**
   * The parts of a call's arguments.
   *
   * @throws Unkeyed if one has no value; it says which
   */
  public Object[] parts(Object[] arguments) throws Unkeyed {
    Object[] parts = new Object[counted.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(i, arguments);
    }
    return parts;
  }

  /** Whether exactly one parameter counts. */
  public boolean isOne() {
    return counted.length == 1;
  }

  /**
   * The part of one argument, by its place among those that count.
   *
   * @throws Unkeyed if it has no value
   */
  public Object part(int i, Object[] arguments) throws Unkeyed {
    try {
      return part(types[i], arguments[counted[i]]);
    } catch (NoKeyException noValue) {
      throw new Unkeyed(counted[i], noValue.getMessage());
    }
  }

  /**
   * The parts of arguments that the application gave to an evict; null where they cannot be those
   * of a call, in number or in type.
   */
  public Object[] partsOfEvict(Object[] arguments) throws NoKeyException {
    if (arguments.length != types.length) {
      return null;
    }
    Object[] parts = new Object[types.length];
    for (int i = 0; i < parts.length; i++) {
      if (arguments[i] instanceof Snapshot then) {
        if (!types[i].isAssignableFrom(then.type())) {
          return null;
        }
        parts[i] = then.part();
        continue;
      }
      if (arguments[i] instanceof Written written) {
        if (!written.mayBe(types[i])) {
          return null;
        }
        parts[i] = part(types[i], written.as(types[i]));
        continue;
      }
      Object converted = convert(arguments[i], types[i]);
      if (converted == null && arguments[i] != null) {
        return null;
      }
      parts[i] = part(types[i], converted);
    }
    return parts;
  }

  /**
   * Arguments of an evict as they are now, whoever changes them later; those without a value are
   * left as they are.
   */
  public static Object[] snapshot(KeyParts keyParts, Object[] arguments) {
    Object[] now = arguments.clone();
    for (int i = 0; i < now.length; i++) {
      if (now[i] != null && !(now[i] instanceof Written) && !keyParts.isAtom(now[i].getClass())) {
        try {
          now[i] = new Snapshot(now[i].getClass(), keyParts.part(now[i]));
        } catch (NoKeyException noValue) {
          // Whoever asks for its parts is told.
        }
      }
    }
    return now;
  }

  /** What an argument of a class was as a part. */
  private record Snapshot(Class<?> type, Object part) {}

  private Object part(Class<?> type, Object argument) throws NoKeyException {
    return isIntegral(type) ? integral(argument) : keyParts.part(argument);
  }

  private static Object integral(Object argument) {
    if (argument instanceof Long) {
      return argument;
    }
    if (argument instanceof Number number) {
      return number.longValue();
    }
    if (argument instanceof Character unit) {
      return (long) unit;
    }
    return argument instanceof Boolean truth ? (Long) ofBoolean(truth) : argument;
  }

  /** The number that a truth value is in a key. */
  public static long ofBoolean(boolean value) {
    return value ? 1 : 0;
  }

  /** A number as the parameter's type has it; null where it has no such value. */
  private static Object convert(Object argument, Class<?> type) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    if (argument == null || boxed.isInstance(argument)) {
      return argument;
    }
    if (argument instanceof Number number && Number.class.isAssignableFrom(boxed)) {
      boolean whole = !(argument instanceof Double || argument instanceof Float);
      if (boxed == Long.class && whole) {
        return number.longValue();
      }
      if (boxed == Integer.class && whole && number.longValue() == number.intValue()) {
        return number.intValue();
      }
      if (boxed == Short.class && whole && number.longValue() == number.shortValue()) {
        return number.shortValue();
      }
      if (boxed == Byte.class && whole && number.longValue() == number.byteValue()) {
        return number.byteValue();
      }
      if (boxed == Double.class) {
        return number.doubleValue();
      }
      if (boxed == Float.class) {
        return number.floatValue();
      }
    }
    return null;
  }

  /** Says which parameter's argument has no value. */
  public static final class Unkeyed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    Unkeyed(int position, String reason) {
      super(reason, null, false, false);
      this.position = position;
    }

    public int position() {
      return position;
    }
  }
}
