/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Templates and expressions. */
package dev.larder.engine.expr;
