/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Settings: keys, their values, and what is wrong with them. */
package dev.larder.engine.config;
