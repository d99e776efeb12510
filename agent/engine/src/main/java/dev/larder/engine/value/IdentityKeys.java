/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.Collection;
import java.util.Map;

/**
 * Finds keys that hash by identity in the application's own maps and sets.
 *
 * <p>Such a map is copied field by field, so that a copied key would lie where its original's hash
 * was, and never be found.
 */
final class IdentityKeys {

  private IdentityKeys() {}

  static void check(Object holder) throws Refusal {
    Collection<?> keys =
        holder instanceof Map ? ((Map<?, ?>) holder).keySet() : (Collection<?>) holder;
    for (Object key : keys) {
      if (key != null && !SharedTypes.contains(key.getClass()) && hashesByIdentity(key)) {
        throw new Refusal(
            holder.getClass(),
            "has keys of " + key.getClass().getTypeName() + " that hash by their identity",
            "give that class equals and hashCode, or return one of the JDK's maps or sets");
      }
    }
  }

  private static boolean hashesByIdentity(Object key) {
    try {
      return key.getClass().getMethod("hashCode").getDeclaringClass() == Object.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every class has a hashCode", e);
    }
  }
}
