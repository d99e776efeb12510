/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.codec.EntryHeader;
import java.util.List;

/**
 * What a load gave.
 *
 * @param header of the entry; its marks are filled in when it is stored
 * @param tags the tags of the result
 * @param value as the codec wrote it; null for null
 * @param millis for how long the backend keeps it
 */
public record Loaded(
    Guard guard, EntryHeader header, List<String> tags, byte[] value, long millis) {}
