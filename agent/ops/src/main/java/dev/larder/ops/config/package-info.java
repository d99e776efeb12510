/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Where the configuration comes from, and the report of what is wrong with it. */
package dev.larder.ops.config;
