/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.remote.RemoteCache;

/** The keys of one target's entries as the backend has them. */
final class StoredKeys {

  private final TargetSpec spec;
  private final RemoteCache cache;
  private final Attributes attributes;

  /** What tells what is stored here from what another release stores, as text. */
  private final String shape;

  /**
   * A target's keys.
   *
   * @param shape of its values
   */
  StoredKeys(TargetSpec spec, RemoteCache cache, Attributes attributes, long shape) {
    this.spec = spec;
    this.cache = cache;
    this.attributes = attributes;
    this.shape = Long.toHexString(shape);
  }

  /** The stored key of a key in this JVM. */
  String of(Object key) {
    Variant variant = Keys.variantOf(key);
    return variant == null
        ? cache.keyOfText(Keys.textOf(key))
        : cache.keyOfParts(nameOf(variant), Keys.partsOf(key));
  }

  private String nameOf(Variant variant) {
    String name = variant.remoteName;
    if (name == null) {
      name = RemoteCache.variant(spec.displayName(), spec.descriptor(), variant.receiver, shape);
      variant.remoteName = name;
    }
    return name;
  }

  /** How an evict finds the variant of a key; null where a template gave it. */
  String description(Object key) {
    Variant variant = Keys.variantOf(key);
    return variant == null
        ? null
        : RemoteCache.description(nameOf(variant), attributes.evicted(variant).typeNames());
  }
}
