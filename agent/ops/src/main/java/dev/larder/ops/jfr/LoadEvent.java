/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(LoadEvent.NAME)
@Label("Cache Load")
@Description("A run of a body for a result that no entry had; its duration is the body's")
final class LoadEvent extends CacheEvent {

  static final String NAME = "dev.larder.Load";

  @Label("Method")
  @Description("The cached method; none of a path rule")
  String method;

  @Label("Outcome")
  @Description("What became of the result: stored, not stored, or failed where there was none")
  String outcome;
}
