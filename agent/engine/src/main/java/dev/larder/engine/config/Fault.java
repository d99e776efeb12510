/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/**
 * What is wrong with one setting; it never holds a secret, nor the value of an unknown key.
 *
 * @param source the file's path, or which of the other sources
 * @param line the line of the file, from 1; 0 where there is none
 * @param key the whole key as it was written; null where the fault belongs to none
 * @param problem what is wrong, with the value where that may be shown
 * @param allowed what may stand instead, or what to do; null where the nearest key says it
 * @param nearest the valid key that is written most alike; null for a known key
 */
public record Fault(
    String source, int line, String key, String problem, String allowed, String nearest) {}
