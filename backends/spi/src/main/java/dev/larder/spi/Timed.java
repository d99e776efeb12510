/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

/**
 * The bytes under a key, and the time that is left to them.
 *
 * @param value the bytes
 * @param millis how long they are still there, in milliseconds, at least 1
 */
public record Timed(byte[] value, long millis) {}
