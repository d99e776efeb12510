/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.bank;

import dev.larder.Cache;
import org.springframework.security.access.prepost.PreAuthorize;

/** Guarded and cached, and nothing but a proxy implements it. */
public interface Rates {

  @Cache
  @PreAuthorize("hasRole('CLERK')")
  String rate(long id);
}
