/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.Engine;
import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;

/**
 * The engine, made when it is first needed: an application of which nothing is cached starts
 * without it.
 */
final class EngineRoom implements Supplier<Engine> {

  private final Instrumentation instrumentation;
  private volatile Engine engine;

  EngineRoom(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  public Engine get() {
    Engine made = engine;
    return made != null ? made : make();
  }

  private synchronized Engine make() {
    if (engine == null) {
      engine =
          new Engine(new InterimPolicies(), new MemoryStores(), new Opening(instrumentation), null);
    }
    return engine;
  }
}
