/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.io.IOException;
import java.io.InputStream;

/** Class files, read as resources: nothing is loaded by it. */
final class ClassFiles {

  private ClassFiles() {}

  /**
   * The class file of a type.
   *
   * @param loader the loader of whoever names the type; null for the bootstrap loader
   * @param name the internal name
   * @return null where there is none that can be read
   */
  static byte[] read(ClassLoader loader, String name) {
    String resource = name + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException unreadable) {
      return null;
    }
  }
}
