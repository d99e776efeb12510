/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Threads of Larder's own, for every room that needs one. */
package dev.larder.engine.thread;
