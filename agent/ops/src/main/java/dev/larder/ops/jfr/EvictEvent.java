/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(EvictEvent.NAME)
@Label("Cache Evict")
@Description("A removal by an annotation, the file, the facade or a command")
final class EvictEvent extends CacheEvent {

  static final String NAME = "dev.larder.Evict";

  @Label("What")
  @Description("What was removed: key, tag, cache or all")
  String what;

  @Label("Entries")
  @Description("How many entries went; -1 where the backend cannot know")
  long entries;
}
