/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The adapters of RxJava 3, loaded beside the application's. */
package dev.larder.async.rxjava;
