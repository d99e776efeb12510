/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Configuration sources, command line, console, JMX, JFR, advise and verify. */
package dev.larder.ops;
