/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/**
 * A time to live.
 *
 * @param millis in milliseconds; {@link Long#MAX_VALUE} for ever; 0 where a template says it
 * @param template what says it per result; null where it is the same for all
 */
public record Ttl(long millis, String template) {}
