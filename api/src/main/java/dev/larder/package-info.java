/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The annotations and the facade that applications compile against. */
package dev.larder;
