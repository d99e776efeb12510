/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/**
 * The servlet API of an application, {@code javax} or {@code jakarta}. Its classes are loaded once
 * for each such API, beside it.
 */
public interface Skin {

  /** As {@link HttpAgent#enter}. */
  Exchange enter(
      HttpAgent agent, Object component, boolean servlet, Object request, Object response);
}
