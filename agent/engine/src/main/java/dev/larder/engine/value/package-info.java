/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Values: which may be shared, and how the others are copied. */
package dev.larder.engine.value;
