/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The caches as MBeans. */
package dev.larder.ops.jmx;
