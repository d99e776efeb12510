/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The cache: targets, the way of their calls, invalidation and statistics. No bytecode, no servlet,
 * no agent.
 */
package dev.larder.engine;
