/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

/**
 * An entry of a map whose keys no text stands for: one of the application's, of any class, or null.
 */
record KeyedValue<K, V>(K key, V value) {}
