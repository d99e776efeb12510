/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.match.ClassPattern;
import java.util.List;

/**
 * How the entries of one cache are kept with a backend.
 *
 * @param backend its name in the settings
 * @param prefix what every stored key begins with, before a colon
 * @param timeout all that one call may wait for the backend, in milliseconds
 * @param codec {@code json}, {@code java} or a class name
 * @param codecAllow the classes that {@code java} may read beyond the JDK's values
 * @param types the classes that may stand where a declared type is open
 * @param compressAbove above how many bytes values are deflated; {@link Long#MAX_VALUE} for never
 * @param sealKeys what signs entries; empty where they are not sealed
 */
public record RemotePolicy(
    String backend,
    String prefix,
    long timeout,
    String codec,
    List<ClassPattern> codecAllow,
    List<ClassPattern> types,
    long compressAbove,
    List<String> sealKeys) {

  /** All of it but the keys, which are secret. */
  @Override
  public String toString() {
    return "RemotePolicy[" + backend + ", prefix=" + prefix + ", codec=" + codec + "]";
  }
}
