/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.Map;

/**
 * A method that is observed, as a report names it. It holds no class of the application.
 *
 * @param type the binary name of the class that declares it; of a proxy, of its interface
 * @param method its name
 * @param parameters their types as in source, with commas between them
 * @param cache the cache that it is in by annotation or file
 * @param annotated whether an annotation put it there
 * @param askedFor whether an annotation or a pattern without {@code *} in its method name did
 * @param attributes of what the file says of its cache, what keys and results were made by:
 *     template and conditions, in kebab-case
 * @param obstacle why it would never be cached; null for nothing known beforehand
 * @param uncompared why no result of it can be compared; null for nothing known beforehand
 */
public record Subject(
    String type,
    String method,
    String parameters,
    String cache,
    boolean annotated,
    boolean askedFor,
    Map<String, String> attributes,
    String obstacle,
    String uncompared) {

  /** Takes the attributes as they are now. */
  public Subject {
    attributes = Map.copyOf(attributes);
  }

  /** What names it and nothing else. */
  String signature() {
    return type + '.' + method + '(' + parameters + ')';
  }
}
