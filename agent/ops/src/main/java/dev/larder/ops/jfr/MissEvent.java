/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(MissEvent.NAME)
@Label("Cache Miss")
@Description(
    "A call that no entry answered: it runs the body, or was given what another call's body has"
        + " made; at most 1,000 a second are written, the first of each second, and the figures"
        + " of the cache count all")
final class MissEvent extends CacheEvent {

  static final String NAME = "dev.larder.Miss";

  @Label("Method")
  @Description("The cached method; none of a path rule")
  String method;
}
