/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The adapters of Reactor, loaded beside the application's: from 3.1 on. */
package dev.larder.async.reactor;
