/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Keys: arguments by value. */
package dev.larder.engine.key;
