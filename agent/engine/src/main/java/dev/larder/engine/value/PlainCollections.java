/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.Set;

/** Collections that are what they hold, whichever class they are of. */
public final class PlainCollections {

  /** What {@code emptyList()}, {@code buildList} and their kin give. */
  private static final Set<String> KOTLIN =
      Set.of(
          "kotlin.collections.EmptyList",
          "kotlin.collections.EmptySet",
          "kotlin.collections.EmptyMap",
          "kotlin.collections.builders.ListBuilder",
          "kotlin.collections.builders.SetBuilder",
          "kotlin.collections.builders.MapBuilder");

  private PlainCollections() {}

  /** Whether a collection or map of this class comes back as one of the JDK's. */
  public static boolean has(Class<?> type) {
    return JdkTypes.isJdk(type) || KOTLIN.contains(type.getName());
  }
}
