/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package jakarta.ws.rs.core;

/** By its name JAX-RS's class. */
public abstract class Response {}
