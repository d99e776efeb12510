/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Puts the agent's jar together; runs in the build and is not carried. */
package dev.larder.agent.assembly;
