/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the JVM sees of the agent before anything else: its entry points and its class loader. */
package dev.larder.boot;
