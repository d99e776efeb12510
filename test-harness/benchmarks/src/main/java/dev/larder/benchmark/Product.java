/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

/** A deeply immutable value, as a catalogue gives it. */
record Product(long id, String name, int stock) {}
