/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Flights: the loads that run now, who waits for them, and which of them came too late to store.
 *
 * <p>{@link dev.larder.engine.flight.Flights} brings the callers of one key together, {@link
 * dev.larder.engine.flight.Loads} and {@link dev.larder.engine.flight.Removals} keep what began
 * before a removal from being stored over it.
 */
package dev.larder.engine.flight;
