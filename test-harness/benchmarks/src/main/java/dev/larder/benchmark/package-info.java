/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Benchmarks of Larder beside hand-written caches and other libraries. */
package dev.larder.benchmark;
