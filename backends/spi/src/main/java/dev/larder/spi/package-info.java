/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a third party implements, and the store of objects that the engine keeps in this JVM. */
package dev.larder.spi;
