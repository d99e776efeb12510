/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.bank;

import dev.larder.Cache;
import org.springframework.security.access.prepost.PreAuthorize;

/** Guarded and cached; Spring makes a subclass of it. */
public class Accounts {

  private int runs;

  @Cache
  @PreAuthorize("hasRole('CLERK')")
  public String balance(long id) {
    return "run " + ++runs;
  }
}
