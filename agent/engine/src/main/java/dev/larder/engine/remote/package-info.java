/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Entries that are kept with a backend: their cells, their marks, and what removes them. */
package dev.larder.engine.remote;
