/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The backend Memcached, one server or a ring of them, on spymemcached. */
package dev.larder.backend.memcached;
