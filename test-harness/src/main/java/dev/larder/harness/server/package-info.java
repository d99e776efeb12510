/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Real servers for tests: where they run, how to reach them, and how to make them misbehave. */
package dev.larder.harness.server;
