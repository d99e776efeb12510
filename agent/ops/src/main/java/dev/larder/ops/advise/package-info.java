/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is advised on a report of {@code mode = observe}: a report goes in, a text comes out. */
package dev.larder.ops.advise;
