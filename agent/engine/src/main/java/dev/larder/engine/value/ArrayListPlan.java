/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.ArrayList;
import java.util.Arrays;

/** Copies array lists, which most values are or hold. */
@SuppressWarnings("NonApiType") // these are what it copies
final class ArrayListPlan extends Plan {

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    scan.visitAll(((ArrayList<?>) value).toArray());
    return false;
  }

  @Override
  Object copy(Object value, Copying to) {
    ArrayList<?> list = (ArrayList<?>) value;
    if (!to.isGraph()) {
      return to.copyOf(list);
    }
    ArrayList<Object> copy = new ArrayList<>(list.size());
    to.begun(value, copy);
    copy.addAll(Arrays.asList(to.copyAll(list.toArray())));
    return copy;
  }

  @Override
  Copier shallow() {
    return list -> new ArrayList<>((ArrayList<?>) list);
  }
}
