/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

/** What a JVM keeps of a backend's entries, told of what happens to them there. */
public interface NearEntries {

  /** The cell of a stored key has changed: an entry's, or a mark's. */
  void changed(String key);

  /** Anything may have changed: nothing that was read before counts. */
  void flush();

  /** The backend serves again, and has been told of each removal that it missed. */
  void served();
}
