/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.config.Key;
import dev.larder.http.HttpKeys;
import java.util.Collection;
import java.util.function.Supplier;

/** The keys of path rules, which the HTTP part knows; asked for only where something is set. */
final class RuleKeys implements Supplier<Collection<Key<?>>> {

  @Override
  public Collection<Key<?>> get() {
    return HttpKeys.all();
  }
}
