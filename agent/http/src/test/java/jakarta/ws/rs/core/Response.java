/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package jakarta.ws.rs.core;

import java.util.List;
import java.util.Map;

/** As much of JAX-RS's class as is asked of it. */
public final class Response {

  private final int status;
  private final Map<String, List<String>> fields;

  public Response(int status, Map<String, List<String>> fields) {
    this.status = status;
    this.fields = fields;
  }

  public int getStatus() {
    return status;
  }

  public Map<String, List<String>> getStringHeaders() {
    return fields;
  }
}
