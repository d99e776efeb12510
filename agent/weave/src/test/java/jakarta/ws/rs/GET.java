/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package jakarta.ws.rs;

/** Stands in for the annotation of JAX-RS, of which only the name counts. */
public @interface GET {}
