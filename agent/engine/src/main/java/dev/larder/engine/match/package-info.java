/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Patterns of methods and classes, as the configuration writes them. */
package dev.larder.engine.match;
