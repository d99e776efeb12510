/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.springframework.http;

/** As much of Spring 5's class as is asked of it. */
public final class ResponseEntity extends HttpEntity {

  private final int status;

  public ResponseEntity(int status) {
    this.status = status;
  }

  public int getStatusCodeValue() {
    return status;
  }

  /** Has none for a number without a name. */
  public Enum<?> getStatusCode() {
    return Thread.State.valueOf("STATUS_" + status);
  }
}
