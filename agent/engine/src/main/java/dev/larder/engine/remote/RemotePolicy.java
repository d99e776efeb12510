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
 * @param near what this JVM keeps of it in memory; null where nothing
 * @param fleetFlights whether a cold key is loaded once in all JVMs
 * @param outageTtl for how long results are kept in this JVM's memory while the backend is out, in
 *     milliseconds; 0 for not at all
 */
public record RemotePolicy(
    String backend,
    String prefix,
    long timeout,
    String codec,
    List<ClassPattern> codecAllow,
    List<ClassPattern> types,
    long compressAbove,
    List<String> sealKeys,
    Near near,
    boolean fleetFlights,
    long outageTtl) {

  /** How many entries this JVM keeps at most while the backend is out, where nothing says it. */
  private static final long USUAL_ENTRIES = 10_000;

  /**
   * The near cache.
   *
   * @param ttl how long an entry is kept at most, in milliseconds; 0 for what fits the backend
   * @param maxEntries how many it holds
   */
  public record Near(long ttl, long maxEntries) {}

  /** Whether this JVM ever keeps entries in its memory. */
  public boolean keepsHere() {
    return near != null || outageTtl > 0;
  }

  /** How many entries this JVM keeps at most. */
  public long mostHere() {
    return near != null ? near.maxEntries() : USUAL_ENTRIES;
  }

  /** All of it but the keys, which are secret. */
  @Override
  public String toString() {
    return "RemotePolicy[" + backend + ", prefix=" + prefix + ", codec=" + codec + "]";
  }
}
