/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(HitEvent.NAME)
@Label("Cache Hit")
@Description(
    "A call that was answered by an entry; at most 1,000 a second are written, the first of each"
        + " second, and the figures of the cache count all")
final class HitEvent extends CacheEvent {

  static final String NAME = "dev.larder.Hit";

  @Label("Method")
  @Description("The cached method; none of a path rule")
  String method;

  @Label("Stale")
  @Description("Whether the value was past its time")
  boolean stale;
}
