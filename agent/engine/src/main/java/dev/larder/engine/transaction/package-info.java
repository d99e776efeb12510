/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The application's transactions: since when the one of a thread runs, whether it may write, and
 * how it ends.
 */
package dev.larder.engine.transaction;
