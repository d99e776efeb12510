/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/**
 * What a cached handler method told of its value.
 *
 * @param hit whether it came from the cache
 * @param stored whether the cache keeps it now
 * @param remainingMillis its remaining time to live in milliseconds; 0 or less if it has none
 */
record HandlerServed(boolean hit, boolean stored, long remainingMillis) {}
