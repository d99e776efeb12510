/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The agent's own log: SLF4J inside the agent, lines on standard error or in a file outside. */
package dev.larder.agent.logging;
