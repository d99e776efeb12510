/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What happens to the caches as events of the JDK's Flight Recorder. Keys, arguments and values are
 * in none of them: they may be personal.
 */
package dev.larder.ops.jfr;
