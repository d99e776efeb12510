/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What {@code mode = observe} counts of methods that are not cached: how often calls repeat, how
 * long they take, and whether equal arguments gave equal results. Bounded in memory, whatever the
 * application does.
 */
package dev.larder.engine.observe;
