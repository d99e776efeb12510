/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** An application whose methods give what the test says. */
@SuppressWarnings("unused") // by reflection
final class Shop {

  private final Function<Object, Object> source;

  Shop(Function<Object, Object> source) {
    this.source = source;
  }

  String find(long id) {
    return (String) source.apply(id);
  }

  /** Of the same arguments as {@link #find}, and none of its results. */
  String look(long id) {
    return "seen " + source.apply(id);
  }

  String named(String name) {
    return (String) source.apply(name);
  }

  byte[] bytes(long length) {
    return (byte[]) source.apply(length);
  }

  Map<Long, String> all(Collection<Long> ids) {
    Map<Long, String> all = new LinkedHashMap<>();
    ids.forEach(id -> all.put(id, (String) source.apply(id)));
    return all;
  }
}
