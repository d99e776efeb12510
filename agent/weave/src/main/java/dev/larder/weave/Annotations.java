/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.weave.Outline.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The annotations that say something to the weaver, by descriptor, and what they say. */
final class Annotations {

  static final String CACHE = "Ldev/larder/Cache;";
  static final String EVICT = "Ldev/larder/CacheEvict;";
  static final String EVICTS = "Ldev/larder/CacheEvict$List;";
  static final String PUT = "Ldev/larder/CachePut;";
  static final String PUTS = "Ldev/larder/CachePut$List;";
  static final String IGNORE = "Ldev/larder/CacheIgnore;";

  /** Any of these in its constant pool makes a class one to look into. */
  static final List<String> OURS = List.of(CACHE, EVICT, EVICTS, PUT, PUTS);

  /** Marks of authorisation, which a hit must not pass by. */
  private static final Set<String> AUTHORISATION =
      Set.of(
          "Lorg/springframework/security/access/prepost/PreAuthorize;",
          "Lorg/springframework/security/access/prepost/PostAuthorize;",
          "Lorg/springframework/security/access/prepost/PreFilter;",
          "Lorg/springframework/security/access/prepost/PostFilter;",
          "Lorg/springframework/security/access/annotation/Secured;",
          "Ljakarta/annotation/security/RolesAllowed;",
          "Ljakarta/annotation/security/DenyAll;",
          "Ljakarta/annotation/security/PermitAll;",
          "Ljavax/annotation/security/RolesAllowed;",
          "Ljavax/annotation/security/DenyAll;",
          "Ljavax/annotation/security/PermitAll;");

  private Annotations() {}

  /** Whether an annotation asks for authorisation, itself or through those that it carries. */
  static boolean isAuthorisation(String descriptor, Outlines outlines, ClassLoader loader) {
    return isAuthorisation(descriptor, outlines, loader, 0);
  }

  private static boolean isAuthorisation(
      String descriptor, Outlines outlines, ClassLoader loader, int depth) {
    if (AUTHORISATION.contains(descriptor)) {
      return true;
    }
    if (depth > 3 || descriptor.startsWith("Ljava/") || descriptor.startsWith("Ldev/larder/")) {
      return false;
    }
    Outline type = outlines.find(descriptor.substring(1, descriptor.length() - 1), loader);
    if (type == null) {
      return false;
    }
    for (Mark mark : type.annotations()) {
      if (isAuthorisation(mark.descriptor(), outlines, loader, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  /** What an annotation of the given kind, alone or repeated, asks for; in the source's order. */
  static List<Operation> operations(
      List<Mark> annotations, String single, String several, String defaultCache) {
    List<Operation> operations = new ArrayList<>();
    for (Mark mark : annotations) {
      if (mark.descriptor().equals(single)) {
        operations.add(operation(mark, defaultCache));
      } else if (mark.descriptor().equals(several)
          && mark.values().get("value") instanceof List<?> nested) {
        for (Object element : nested) {
          operations.add(operation((Mark) element, defaultCache));
        }
      }
    }
    return operations;
  }

  /** What one annotation asks for; attributes that are empty count as not given. */
  static Operation operation(Mark mark, String defaultCache) {
    String cache = defaultCache;
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, Object> value : mark.values().entrySet()) {
      String text = String.valueOf(value.getValue());
      if (text.isEmpty()) {
        continue;
      }
      if (value.getKey().equals("value")) {
        cache = text;
      } else {
        attributes.put(kebabCase(value.getKey()), text);
      }
    }
    return new Operation(cache, attributes);
  }

  /** {@code staleIfError} as {@code stale-if-error}. */
  static String kebabCase(String attribute) {
    StringBuilder text = new StringBuilder(attribute.length() + 4);
    for (int i = 0; i < attribute.length(); i++) {
      char c = attribute.charAt(i);
      if (Character.isUpperCase(c)) {
        text.append('-').append(Character.toLowerCase(c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
