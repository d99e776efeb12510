/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Stand-ins for what carried libraries would take of the JVM; their calls are rewritten to these.
 */
package dev.larder.agent.guest;
