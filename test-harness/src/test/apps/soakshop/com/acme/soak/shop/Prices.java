/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

/** Named in the file; a proxy alone implements it. */
interface Prices {
  long price(long id);
}
