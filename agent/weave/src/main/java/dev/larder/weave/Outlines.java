/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Outlines of supertypes and annotation types, read from the class path of whoever names them.
 *
 * <p>Only classes that are targets already, or may be, ask for any; the few that were read are kept
 * for as long as their loader, which is held weakly.
 */
final class Outlines {

  /** So many are kept before those of loaders that are gone are looked for. */
  static final int ROOM = 256;

  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
  private volatile int room = ROOM;

  private record Known(WeakReference<ClassLoader> loader, Outline outline) {}

  /** Keeps an outline that was read anyway. */
  void keep(Outline outline, ClassLoader loader) {
    if (loader != null) {
      if (known.size() >= room) {
        known.values().removeIf(each -> each.loader().refersTo(null));
        room = Math.max(ROOM, 2 * known.size());
      }
      known.put(outline.name(), new Known(new WeakReference<>(loader), outline));
    }
  }

  /** How many are kept. */
  int count() {
    return known.size();
  }

  /**
   * The outline of a type.
   *
   * @param name its internal name
   * @param loader the loader of the class that names it; null for the bootstrap loader
   * @return null where its class file cannot be found or read
   */
  Outline find(String name, ClassLoader loader) {
    Known kept = known.get(name);
    if (kept != null && reaches(loader, kept.loader().get())) {
      return kept.outline();
    }
    byte[] bytes = ClassFiles.read(loader, name);
    if (bytes == null) {
      return null;
    }
    Outline outline = OutlineReader.read(bytes);
    keep(outline, loader);
    return outline;
  }

  /** Whether classes of one loader see those of another by way of its parents. */
  private static boolean reaches(ClassLoader from, ClassLoader to) {
    for (ClassLoader loader = from; loader != null; loader = loader.getParent()) {
      if (loader.equals(to)) {
        return true;
      }
    }
    return false;
  }
}
