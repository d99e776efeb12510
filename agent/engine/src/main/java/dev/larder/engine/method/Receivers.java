/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Knows, for {@code scope = auto}, the first receiver of each class in this JVM, and whether
 * another one is like it.
 *
 * <p>A method's result may depend on its receiver's fields, which no key can hold as a whole: a
 * repository has a connection pool, a service has other services. Nearly always there is one
 * receiver of a class; so one is believed, and another only if it has the same simple fields by
 * value and the same other fields by identity.
 */
public final class Receivers {

  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

  private final FieldAccess access;
  private final ClassValue<OfClass> classes =
      new ClassValue<>() {
        @Override
        protected OfClass computeValue(Class<?> type) {
          return new OfClass(type);
        }
      };

  public Receivers(FieldAccess access) {
    this.access = access;
  }

  /**
   * What of a receiver counts as part of a key, as text.
   *
   * @return null if it differs from the first receiver of its class
   */
  public String describe(Object receiver) {
    return classes.get(receiver.getClass()).describe(receiver);
  }

  /** Whether it is the first receiver of its class, and so is described for as long as it lives. */
  public boolean isFirst(Object receiver) {
    First now = classes.get(receiver.getClass()).first;
    return now != null && now.receiver.refersTo(receiver);
  }

  /** The name of the class that the application wrote: of a generated one the class behind it. */
  public static String className(Class<?> type) {
    if (Proxy.isProxyClass(type)) {
      StringBuilder names = new StringBuilder();
      for (Class<?> each : type.getInterfaces()) {
        names.append(names.length() == 0 ? "" : "&").append(each.getName());
      }
      return names.toString();
    }
    return written(type).getName();
  }

  /** The class that the application wrote; a JDK proxy's own, which nobody has written. */
  public static Class<?> written(Class<?> type) {
    Class<?> written = type;
    while (written.getName().contains("$$") && written.getSuperclass() != Object.class) {
      written = written.getSuperclass();
    }
    return written;
  }

  private static boolean isSimple(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Float
        || value instanceof Double
        || value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Enum
        || value instanceof URI
        || value instanceof UUID;
  }

  /** A simple value that holds no class of the application: of a constant of an enum its name. */
  private static Object still(Object simple) {
    return simple instanceof Enum<?> constant
        ? constant.getDeclaringClass().getName() + '.' + constant.name()
        : simple;
  }

  /** The first receiver of a class, as it was at its first call. */
  private static final class First {
    private final WeakReference<Object> receiver;
    private final Object[] simple;
    private final String description;

    First(Object receiver, Object[] simple, String description) {
      this.receiver = new WeakReference<>(receiver);
      this.simple = simple;
      this.description = description;
    }
  }

  private final class OfClass {
    private final String name;
    private final List<MethodHandle> fields = new ArrayList<>();
    private final List<String> fieldNames = new ArrayList<>();
    private boolean readable = true;
    private volatile First first;

    OfClass(Class<?> type) {
      this.name = className(type);
      for (Class<?> each = type;
          each != null && each != Object.class;
          each = each.getSuperclass()) {
        addFields(each);
      }
    }

    private void addFields(Class<?> type) {
      try {
        MethodHandles.Lookup lookup = null;
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())) {
            lookup = lookup == null ? access.lookupIn(type) : lookup;
            MethodHandle getter =
                lookup.findGetter(type, field.getName(), field.getType()).asType(GETTER);
            fields.add(getter);
            fieldNames.add(field.getName());
          }
        }
      } catch (IllegalAccessException | NoSuchFieldException | LinkageError closed) {
        readable = false;
      }
    }

    String describe(Object receiver) {
      First now = first;
      return now != null && now.receiver.refersTo(receiver) ? now.description : compare(receiver);
    }

    private synchronized String compare(Object receiver) {
      Object known = first == null ? null : first.receiver.get();
      if (known == receiver) {
        return first.description;
      }
      Object[] values = readable ? read(receiver) : null;
      if (known == null) {
        first = new First(receiver, simpleOnly(values), text(values));
        return first.description;
      }
      return (values != null && isLike(known, values)) ? first.description : null;
    }

    private boolean isLike(Object known, Object[] values) {
      Object[] current = read(known);
      if (current == null) {
        return false;
      }
      for (int i = 0; i < values.length; i++) {
        Object simple = first.simple[i];
        boolean alike =
            (isSimple(values[i]) && simple != NOT_SIMPLE)
                ? Objects.equals(simple, still(values[i]))
                : current[i] == values[i];
        if (!alike) {
          return false;
        }
      }
      return true;
    }

    private Object[] read(Object receiver) {
      Object[] values = new Object[fields.size()];
      try {
        for (int i = 0; i < values.length; i++) {
          values[i] = (Object) fields.get(i).invokeExact(receiver);
        }
        return values;
      } catch (Throwable unreadable) { // a getter of a field throws nothing of its own
        return null;
      }
    }

    private Object[] simpleOnly(Object[] values) {
      Object[] simple = values == null ? new Object[0] : values.clone();
      for (int i = 0; i < simple.length; i++) {
        simple[i] = isSimple(simple[i]) ? still(simple[i]) : NOT_SIMPLE;
      }
      return simple;
    }

    private String text(Object[] values) {
      StringBuilder text = new StringBuilder(name);
      for (int i = 0; values != null && i < values.length; i++) {
        if (values[i] != null && isSimple(values[i])) {
          String value =
              values[i] instanceof Enum ? ((Enum<?>) values[i]).name() : String.valueOf(values[i]);
          text.append(',').append(fieldNames.get(i)).append('=');
          text.append(value.length()).append(':').append(value);
        }
      }
      return text.toString();
    }
  }

  private static final Object NOT_SIMPLE = new Object();
}
