/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.UnavailableException;
import java.util.concurrent.CancellationException;

/** Which exceptions of the application a stale response may stand in for. */
final class Failures {

  private Failures() {}

  /**
   * Never an error, an interruption or a cancellation, nor a refusal of rights behind any other.
   */
  static boolean isCovered(Throwable failure) {
    int depth = 0;
    for (Throwable each = failure; each != null && depth < 20; each = each.getCause(), depth++) {
      if (!(each instanceof Exception)
          || each instanceof InterruptedException
          || each instanceof CancellationException
          || each instanceof SecurityException
          || each instanceof UnavailableException
          || each.getClass().getName().startsWith("org.springframework.security.")) {
        return false;
      }
    }
    return true;
  }
}
