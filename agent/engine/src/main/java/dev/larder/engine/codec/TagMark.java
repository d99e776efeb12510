/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

/**
 * A tag of an entry, and the tag's mark when the entry was stored.
 *
 * @param tag the tag's name
 * @param mark up to 255 bytes
 */
public record TagMark(String tag, byte[] mark) {}
