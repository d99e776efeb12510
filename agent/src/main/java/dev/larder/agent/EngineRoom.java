/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.async.LibraryAdapters;
import dev.larder.engine.Engine;
import dev.larder.engine.Handlers;
import dev.larder.engine.config.Settings;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.spi.ObjectStores;
import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;

/**
 * The engine, made when it is first needed: an application of which nothing is cached starts
 * without it.
 */
final class EngineRoom implements Supplier<Engine> {

  private volatile Settings settings;
  private final Instrumentation instrumentation;
  private final Handlers handlers;
  private final Supplier<ObjectStores> stores;
  private final Monitoring monitoring;
  private volatile Engine engine;
  private Backends backends; // with the engine

  EngineRoom(
      Settings settings,
      Instrumentation instrumentation,
      Handlers handlers,
      Supplier<ObjectStores> stores,
      Monitoring monitoring) {
    this.settings = settings;
    this.instrumentation = instrumentation;
    this.handlers = handlers;
    this.stores = stores;
    this.monitoring = monitoring;
  }

  @Override
  public Engine get() {
    Engine made = engine;
    return made != null ? made : make();
  }

  /** The engine; null until it was needed. */
  Engine made() {
    return engine;
  }

  /** Takes up other settings. */
  synchronized void take(Settings changed) {
    settings = changed;
    if (engine != null) {
      backends.take(changed);
      engine.take(new SettingsPolicies(changed));
    }
  }

  private synchronized Engine make() {
    if (engine == null) {
      FieldAccess access = new Opening(instrumentation);
      backends = new Backends(settings, () -> AtExit.run(access, this::close));
      engine =
          new Engine(
              new SettingsPolicies(settings),
              stores.get(),
              access,
              handlers,
              new LibraryAdapters(access),
              backends,
              monitoring);
    }
    return engine;
  }

  private void close() {
    engine.close();
  }
}
