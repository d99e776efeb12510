/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Adapters for libraries of the application whose types give a value later. Each library's lie in a
 * package of their own, whose classes are loaded beside the application's library, by its loader.
 */
package dev.larder.async;
