/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Properties of objects by name: record components, getters and public fields, and the length of an
 * array.
 *
 * <p>A property's handle is found once per class and kept in the class, by {@link ClassValue}, so
 * that nothing here holds a class loader. From no class, module, thread or reflective object is
 * there a way on: an expression could go from there to anything.
 */
final class Properties {

  private static final Map<FieldAccess, WeakReference<Properties>> BY_ACCESS = new WeakHashMap<>();
  private static final MethodHandle NONE =
      MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);
  private static final MethodHandle LENGTH = length();

  private final FieldAccess access;
  private final ClassValue<Map<String, MethodHandle>> handles =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Properties(FieldAccess access) {
    this.access = access;
  }

  /** The properties that an access reaches: the same as long as anything uses them. */
  static Properties of(FieldAccess access) {
    synchronized (BY_ACCESS) {
      WeakReference<Properties> known = BY_ACCESS.get(access);
      Properties properties = known == null ? null : known.get();
      if (properties == null) {
        properties = new Properties(access);
        BY_ACCESS.put(access, new WeakReference<>(properties));
      }
      return properties;
    }
  }

  Object read(Object holder, String name) throws ExpressionException {
    Map<String, MethodHandle> known = handles.get(holder.getClass());
    MethodHandle handle = known.get(name);
    if (handle == null) {
      handle = find(holder.getClass(), name);
      known.putIfAbsent(name, handle);
    }
    if (handle == NONE) {
      throw new ExpressionException(
          holder.getClass().getName()
              + " has no property '"
              + name
              + "': no record component, getter or public field");
    }
    try {
      return handle.invokeExact(holder);
    } catch (Exception | LinkageError e) {
      throw new ExpressionException(
          "reading '"
              + name
              + "' of "
              + holder.getClass().getName()
              + " failed with "
              + e.getClass().getName(),
          e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ExpressionException(
          "reading '" + name + "' failed with " + e.getClass().getName(), e);
    }
  }

  /** The declared type of a class's property; null if it has none. */
  static Class<?> typeOf(Class<?> type, String name) {
    AnnotatedElement member = member(type, name);
    if (member instanceof Method method) {
      return method.getReturnType();
    }
    if (member instanceof Field field) {
      return field.getType();
    }
    return type.isArray() && name.equals("length") ? int.class : null;
  }

  private MethodHandle find(Class<?> type, String name) throws ExpressionException {
    if (type.isArray()) {
      return name.equals("length") ? LENGTH : NONE;
    }
    try {
      AnnotatedElement member = member(type, name);
      if (member == null) {
        return NONE;
      }
      MethodHandle handle =
          member instanceof Method method ? unreflect(method, type) : unreflect((Field) member);
      return handle.asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException | LinkageError e) {
      throw new ExpressionException(
          "property '" + name + "' of " + type.getName() + " cannot be reached: " + e, e);
    }
  }

  private static AnnotatedElement member(Class<?> type, String name) {
    if (isClosed(type) || name.isEmpty()) {
      return null;
    }
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getName().equals(name)) {
          return component.getAccessor();
        }
      }
    }
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    Method getter = getter(type, "get" + capital, false);
    getter = getter != null ? getter : getter(type, "get" + name, false);
    getter = getter != null ? getter : getter(type, "is" + capital, true);
    if (getter == null && name.startsWith("is")) {
      getter = getter(type, name, true);
    }
    return getter != null ? getter : field(type, name);
  }

  private static Method getter(Class<?> type, String name, boolean truth) {
    try {
      Method method = type.getMethod(name);
      Class<?> gives = method.getReturnType();
      boolean fits = truth ? gives == boolean.class || gives == Boolean.class : gives != void.class;
      return fits
              && !Modifier.isStatic(method.getModifiers())
              && method.getDeclaringClass() != Object.class
          ? method
          : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      Field field = type.getField(name);
      return Modifier.isStatic(field.getModifiers()) ? null : field;
    } catch (NoSuchFieldException e) {
      return null;
    }
  }

  private static boolean isClosed(Class<?> type) {
    String pack = type.getPackageName();
    return type == Class.class
        || type == Module.class
        || type == ModuleLayer.class
        || type == Runtime.class
        || ClassLoader.class.isAssignableFrom(type)
        || Thread.class.isAssignableFrom(type)
        || pack.startsWith("java.lang.reflect")
        || pack.startsWith("java.lang.invoke")
        || pack.startsWith("java.security")
        || pack.startsWith("sun.reflect");
  }

  /** A getter, by whichever of the types that declare it can be reached. */
  private MethodHandle unreflect(Method method, Class<?> type) throws IllegalAccessException {
    Class<?> declaring = method.getDeclaringClass();
    if (isReachable(declaring)) {
      return MethodHandles.publicLookup().unreflect(method);
    }
    try {
      return access.lookupIn(declaring).unreflect(method);
    } catch (IllegalAccessException e) {
      Deque<Class<?>> todo = new ArrayDeque<>();
      todo.add(type);
      while (!todo.isEmpty()) {
        Class<?> next = todo.remove();
        if (isReachable(next)) {
          try {
            return MethodHandles.publicLookup().unreflect(next.getMethod(method.getName()));
          } catch (NoSuchMethodException absent) {
            // Another supertype declares it.
          }
        }
        if (next.getSuperclass() != null) {
          todo.add(next.getSuperclass());
        }
        Collections.addAll(todo, next.getInterfaces());
      }
      throw e;
    }
  }

  private MethodHandle unreflect(Field field) throws IllegalAccessException {
    Class<?> declaring = field.getDeclaringClass();
    return (isReachable(declaring) ? MethodHandles.publicLookup() : access.lookupIn(declaring))
        .unreflectGetter(field);
  }

  private static boolean isReachable(Class<?> type) {
    for (Class<?> next = type; next != null; next = next.getDeclaringClass()) {
      if (!Modifier.isPublic(next.getModifiers())) {
        return false;
      }
    }
    return type.getModule().isExported(type.getPackageName());
  }

  private static MethodHandle length() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(Array.class, "getLength", MethodType.methodType(int.class, Object.class))
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every Java platform has Array.getLength", e);
    }
  }
}
