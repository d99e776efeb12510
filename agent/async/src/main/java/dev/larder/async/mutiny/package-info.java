/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The adapter of Mutiny, loaded beside the application's. */
package dev.larder.async.mutiny;
