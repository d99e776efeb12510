/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The console: a page, figures for Prometheus and JSON, over HTTP, for those who have its token.
 */
package dev.larder.ops.console;
