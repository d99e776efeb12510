/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The wiring: settings in, a running agent out. */
package dev.larder.agent;
