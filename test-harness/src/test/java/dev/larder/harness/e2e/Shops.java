/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

/** One web application, twice, as the cases about it see it. */
interface Shops {

  /** The one that runs under the agent. */
  ServerApp server(Jdk jdk);

  ServerApp withoutAgent(Jdk jdk);

  Container container();
}
