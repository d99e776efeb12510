/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values of handler methods that carry header fields of their own: Spring's {@code HttpEntity} and
 * a JAX-RS {@code Response}. Read by name, since each belongs to the application's own loader.
 */
final class HandlerValues {

  private HandlerValues() {}

  /** Whether the value's own fields set a cookie or say {@code private} or {@code no-store}. */
  static boolean isPersonal(Object value) {
    if (value == null) {
      return false;
    }
    String accessor = accessor(value.getClass());
    if (accessor == null) {
      return false;
    }
    try {
      Object fields = call(value, accessor);
      return fields != null
          && (!lines(fields, "Set-Cookie").isEmpty()
              || CacheControl.parse(lines(fields, "Cache-Control")).isPersonal());
    } catch (ReflectiveOperationException | RuntimeException unreadable) {
      return true;
    }
  }

  private static String accessor(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      switch (each.getName()) {
        case "org.springframework.http.HttpEntity" -> {
          return "getHeaders";
        }
        case "jakarta.ws.rs.core.Response", "javax.ws.rs.core.Response" -> {
          return "getStringHeaders";
        }
        default -> {}
      }
    }
    return null;
  }

  private static List<String> lines(Object fields, String name)
      throws ReflectiveOperationException {
    Object found;
    if (fields instanceof Map<?, ?> map) {
      found = null;
      for (Map.Entry<?, ?> each : map.entrySet()) {
        if (name.equalsIgnoreCase(String.valueOf(each.getKey()))) {
          found = each.getValue();
        }
      }
    } else {
      found = call(fields, "get", name);
    }
    List<String> lines = new ArrayList<>();
    if (found instanceof Iterable<?> all) {
      all.forEach(line -> lines.add(String.valueOf(line)));
    }
    return lines;
  }

  /** Calls a public method by the first public class or interface that declares it. */
  private static Object call(Object target, String name, Object... arguments)
      throws ReflectiveOperationException {
    for (Method method : target.getClass().getMethods()) {
      boolean fits =
          method.getName().equals(name)
              && method.getParameterCount() == arguments.length
              && (arguments.length == 0 || method.getParameterTypes()[0].isInstance(arguments[0]));
      if (fits && method.trySetAccessible()) {
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(target.getClass().getName() + "." + name);
  }
}
