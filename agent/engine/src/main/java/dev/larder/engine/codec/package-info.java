/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Bytes: the entry as it lies in a remote backend, and the codecs for the values in it. */
package dev.larder.engine.codec;
