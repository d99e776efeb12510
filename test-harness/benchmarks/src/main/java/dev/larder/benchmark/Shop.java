/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.util.Locale;

/** What every contender of the memory benchmarks answers, each with its own cache. */
interface Shop {

  Product find(long id);

  Product price(String name, int quantity, Locale locale);
}
