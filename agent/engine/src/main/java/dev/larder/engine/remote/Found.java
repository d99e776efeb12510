/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.codec.Content;
import dev.larder.engine.codec.EntryHeader;

/**
 * What was found under a key.
 *
 * @param key the stored key
 * @param cell what lies there; null for nothing
 * @param header of an entry that counts; null where there is none
 * @param value the codec's bytes; null where the value is null
 * @param mark the cache's mark as it was then
 */
public record Found(String key, byte[] cell, EntryHeader header, Content value, byte[] mark) {}
