/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Entries: what is kept of a result in this JVM and until when, and what of a backend's entries is
 * kept near.
 */
package dev.larder.engine.entry;
