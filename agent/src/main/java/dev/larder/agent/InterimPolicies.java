/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.CachePolicy;
import dev.larder.engine.FaultyAttribute;
import dev.larder.engine.Policies;
import dev.larder.engine.TargetSpec.Operation;
import dev.larder.engine.value.ValueMode;
import java.util.Map;

final class InterimPolicies implements Policies {
  @Override
  public CachePolicy of(Operation operation) throws FaultyAttribute {
    Map<String, String> a = operation.attributes();
    String scope = a.getOrDefault("scope", "auto");
    return new CachePolicy(
        true,
        duration("ttl", a.getOrDefault("ttl", "5m")),
        null,
        0,
        0,
        a.get("key"),
        a.get("condition"),
        a.get("unless"),
        a.get("tags"),
        true,
        0,
        0,
        0,
        0,
        CachePolicy.Scope.valueOf(scope.toUpperCase()),
        ValueMode.AUTO,
        true,
        10_000);
  }

  @Override
  public EvictPolicy evict(Operation operation) {
    Map<String, String> a = operation.attributes();
    return new EvictPolicy(
        a.get("key"),
        a.get("tags"),
        "true".equals(a.get("all")),
        a.get("condition"),
        "true".equals(a.get("before-invocation")));
  }

  @Override
  public Bounds bounds(String cache) {
    return new Bounds(10_000, Long.MAX_VALUE);
  }

  @Override
  public long duration(String attribute, String text) throws FaultyAttribute {
    if (text.endsWith("ms")) {
      return Long.parseLong(text.substring(0, text.length() - 2));
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return text.endsWith("m") ? number * 60_000 : number * 1000;
  }
}
