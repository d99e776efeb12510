/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of handler methods that carry a status and header fields of their own: Spring's {@code
 * HttpEntity} and a JAX-RS {@code Response}. Read by name, since each belongs to the application's
 * own loader.
 */
final class HandlerValues {

  /** What only a request with preconditions, or for a part, is answered. */
  private static final Set<Integer> CONDITIONAL = Set.of(206, 304, 412, 416);

  /** Fields with URLs that a client follows. */
  private static final List<String> LEADING = List.of("Location", "Content-Location", "Link");

  /** The host of a URL, without its port. */
  private static final Pattern PLACE = Pattern.compile("//(?:[^/?#@]*@)?(\\[[^]]+]|[^/?#:>]+)");

  private HandlerValues() {}

  /**
   * Whether a value is for the request that it was made for alone: its own fields set a cookie or
   * say {@code private} or {@code no-store}, its status answers what only this request asked, or a
   * {@code Response} names the place that the request was sent to. JAX-RS makes a relative {@code
   * Location} absolute by that, so that whoever sends a forged {@code Host} would have others led
   * there.
   *
   * @param request null where there is none
   */
  static boolean isForOne(Object value, RequestView request) {
    if (value == null) {
      return false;
    }
    try {
      for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
        switch (type.getName()) {
          case "org.springframework.http.ResponseEntity" -> {
            if (isConditional(statusOf(value))) {
              return true;
            }
          }
          case "org.springframework.http.HttpEntity" -> {
            return isPersonal(call(value, "getHeaders"));
          }
          case "jakarta.ws.rs.core.Response", "javax.ws.rs.core.Response" -> {
            Object fields = call(value, "getStringHeaders");
            return isConditional((int) call(value, "getStatus"))
                || isPersonal(fields)
                || (request != null && leadsTo(fields, request));
          }
          default -> {}
        }
      }
      return false;
    } catch (ReflectiveOperationException | RuntimeException unreadable) {
      return true;
    }
  }

  /** Spring 5 has no status code for a number without a name, and Spring 7 no number. */
  private static int statusOf(Object entity) throws ReflectiveOperationException {
    try {
      return (int) call(entity, "getStatusCodeValue");
    } catch (NoSuchMethodException ofSpring7) {
      return (int) call(call(entity, "getStatusCode"), "value");
    }
  }

  /** Whether a status is none of the answer itself, but of what the request said about it. */
  static boolean isConditional(int status) {
    return CONDITIONAL.contains(status);
  }

  private static boolean isPersonal(Object fields) throws ReflectiveOperationException {
    return fields != null
        && (!lines(fields, "Set-Cookie").isEmpty()
            || CacheControl.parse(lines(fields, "Cache-Control")).isPersonal());
  }

  private static boolean leadsTo(Object fields, RequestView request)
      throws ReflectiveOperationException {
    for (String field : LEADING) {
      for (String line : lines(fields, field)) {
        Matcher places = PLACE.matcher(line.toLowerCase(Locale.ROOT));
        while (places.find()) {
          if (isSentTo(request, places.group(1))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isSentTo(RequestView request, String host) {
    return request.hosts().isEmpty()
        || request.isElsewhere()
        || isIn(request.hosts(), host)
        || isIn(request.headers("X-Forwarded-Host"), host)
        || isIn(request.headers("Forwarded"), host);
  }

  private static boolean isIn(List<String> lines, String host) {
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).contains(host)) {
        return true;
      }
    }
    return false;
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
