/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/** A container with the test site in it; one for each container, of either servlet API. */
public interface Server {

  /**
   * Starts on a free port of the loopback address.
   *
   * @param agent null for the bare site
   * @return the port
   */
  int start(HttpAgent agent) throws Exception;

  void stop() throws Exception;
}
