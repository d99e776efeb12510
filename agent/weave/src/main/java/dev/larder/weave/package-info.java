/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Which classes and methods are cached, and how their bytecode asks the engine. */
package dev.larder.weave;
