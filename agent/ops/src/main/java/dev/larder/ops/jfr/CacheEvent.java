/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** What all events have. */
@Category("Larder")
@StackTrace(false)
abstract class CacheEvent extends Event {

  @Label("Cache")
  @Description("The name of the cache or path rule; none where it is about all of them")
  String cache;
}
