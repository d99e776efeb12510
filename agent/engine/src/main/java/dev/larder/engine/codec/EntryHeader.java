/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.util.List;

/**
 * What stands before a value.
 *
 * @param codec the name of the codec that wrote the value, up to 32 characters of ASCII
 * @param created when it was stored, in milliseconds since 1970, as all of these
 * @param expires the end of the time to live
 * @param staleUntil the end of the window in which it is served while a new one is made
 * @param errorUntil the end of the window in which it is served where the body throws
 * @param shape the fingerprint of the declared type, by {@link Shapes}
 * @param cacheMark the cache's mark when it was stored, up to 255 bytes
 * @param tags its tags with their marks
 */
public record EntryHeader(
    String codec,
    long created,
    long expires,
    long staleUntil,
    long errorUntil,
    long shape,
    byte[] cacheMark,
    List<TagMark> tags) {}
