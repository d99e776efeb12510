/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package jakarta.ws.rs.core;

/** By its name JAX-RS's interface. */
@FunctionalInterface
public interface StreamingOutput {
  void write(java.io.OutputStream output);
}
