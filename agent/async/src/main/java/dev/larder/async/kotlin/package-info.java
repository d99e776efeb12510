/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The adapter of Kotlin's suspend functions, by their calling convention, loaded beside the
 * application's standard library; kotlinx.coroutines is used where it is.
 */
package dev.larder.async.kotlin;
