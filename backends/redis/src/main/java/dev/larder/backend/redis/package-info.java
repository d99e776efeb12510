/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The backend Redis, alone, behind Sentinel or as a cluster, on Lettuce. */
package dev.larder.backend.redis;
