/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.entry.NearEntry;
import java.util.List;

/** The responses of one path and query that a backend has, and this JVM keeps near. */
final class NearResponses implements NearEntry {

  private final Variants variants;
  private final Near near;

  /** Nothing is served before the engine has looked at the marks. */
  private volatile long plainUntil = Long.MIN_VALUE;

  NearResponses(Variants variants, Near near) {
    this.variants = variants;
    this.near = near;
  }

  Variants variants() {
    return variants;
  }

  @Override
  public Near near() {
    return near;
  }

  @Override
  public long plainUntil() {
    return plainUntil;
  }

  @Override
  public void standUntil(long moment) {
    plainUntil = Math.min(moment, near.until());
  }

  @Override
  public List<String> tags() {
    return variants.responses().stream().flatMap(each -> each.tags().stream()).distinct().toList();
  }
}
