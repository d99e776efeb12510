/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the RFCs say about a message: fields, validators, freshness. Pure functions without servlet
 * types.
 */
package dev.larder.http.message;
