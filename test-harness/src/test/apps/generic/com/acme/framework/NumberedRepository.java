/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.framework;

public abstract class NumberedRepository<E> extends Repository<E, Long> {

  @Override
  public E byInterface(Long key) {
    return next(key);
  }
}
