/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Opens nothing and exports nothing. */
module com.acme.shop {
  requires dev.larder.api;
}
