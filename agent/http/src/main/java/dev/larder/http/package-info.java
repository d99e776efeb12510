/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Conditional requests and stored responses in a servlet container. */
package dev.larder.http;
