/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Methods that are targets: what the weaver, the annotations and the settings say of each, what it
 * declares, and how its calls become keys.
 */
package dev.larder.engine.method;
