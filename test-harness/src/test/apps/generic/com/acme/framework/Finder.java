/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.framework;

import dev.larder.Cache;

public interface Finder<T, K> {

  @Cache
  default T byDefault(K key) {
    return ((Repository<T, K>) this).next(key);
  }

  @Cache
  T byInterface(K key);
}
