/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.Engine;

/** What the weaver finds in the agent around it; each is made when it is first asked for. */
public interface Surroundings {

  /** The engine, which the first call site that is linked asks for. */
  Engine engine();

  /** The HTTP part. */
  Exchanges exchanges();

  /** Who is told of each method that cannot be a target. */
  Refusals refusals();

  /** Whether the configuration lets a cache be one, of this name. */
  boolean isEnabled(String cache);

  /** Whether the configuration that the agent started with let a cache be one, of this name. */
  boolean wasEnabledAtStart(String cache);

  /** What links the call sites of woven code. */
  Linker linker();

  /**
   * Makes the dispatcher, through which woven code and the facade reach the agent, if it is not
   * there yet. It must be there before a class runs that asks for it.
   *
   * @return false where it cannot be had, and so nothing may be woven
   */
  boolean connect();

  /** The nests to keep out of the AOT cache that this JVM records; null where it records none. */
  WovenNests nests();

  /** Whether somebody wants to be told of each hit. */
  boolean tellsHits();

  /** Whether {@link #connect} has been done, so that the agent can be handed something. */
  boolean isConnected();

  /**
   * Is told that the class is there which gives a service, and is not woven to hand it over. That
   * is left until there is anything to be seen by it, which in most JVMs there never is.
   */
  void waits(Service service);
}
