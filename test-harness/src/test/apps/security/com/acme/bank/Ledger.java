/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.bank;

import dev.larder.Cache;
import org.springframework.security.access.prepost.PreAuthorize;

/** Guarded and cached by its interface; Spring makes a proxy around what implements it. */
public interface Ledger {

  @Cache
  @PreAuthorize("hasRole('CLERK')")
  String total(long year);
}
