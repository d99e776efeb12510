/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The backend in this JVM's heap, on Caffeine. */
package dev.larder.backend.memory;
