/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.agent.logging.Log;
import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.Engine;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Settings;
import dev.larder.spi.ObjectStores;
import dev.larder.weave.Exchanges;
import dev.larder.weave.Linker;
import dev.larder.weave.Refusals;
import dev.larder.weave.Service;
import dev.larder.weave.Surroundings;
import dev.larder.weave.Weaver;
import dev.larder.weave.WovenNests;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The rooms of the agent, each built when somebody first knocks: a start that finds nothing to
 * weave builds none.
 */
final class Rooms implements Surroundings {

  /** What the agent started with. */
  private final Settings start;

  private Settings settings;
  private final Instrumentation instrumentation;
  private volatile Weaver weaver;
  private MemoryStores stores;
  private final Object refusing = new Object();
  private volatile Refusals refusals;
  private HttpRoom http;
  private EngineRoom engine;
  private Linker linker;
  private Monitoring monitoring;
  private volatile boolean connected;

  private volatile WovenNests nests;

  /** Services whose classes are there, and hand nothing over yet. */
  private volatile List<Service> waiting = List.of();

  private boolean refused;

  Rooms(Settings settings, Instrumentation instrumentation) {
    this.start = settings;
    this.settings = settings;
    this.instrumentation = instrumentation;
  }

  /** Is given who weaves, before anything is woven. */
  void weaveBy(Weaver given) {
    weaver = given;
  }

  /** What the rooms are furnished by now. */
  synchronized Settings settings() {
    return settings;
  }

  /** Takes up other settings, in the rooms that are there and in those to come. */
  void take(Settings changed) {
    HttpRoom taking;
    EngineRoom alsoTaking;
    synchronized (this) {
      settings = changed;
      if (stores != null) {
        stores.resize(maxMemory(changed));
      }
      taking = http;
      alsoTaking = engine;
    }
    // Beyond the lock: a rule's store may be in the making, which asks here for the engine.
    if (taking != null) {
      taking.take(changed);
    }
    if (alsoTaking != null) {
      alsoTaking.take(changed);
    }
    Monitoring telling = monitoringMade();
    if (telling != null) {
      telling.settingsTaken();
    }
  }

  @Override
  public Engine engine() {
    Engine made = engineRoom().get();
    useServices();
    return made;
  }

  private synchronized EngineRoom engineRoom() {
    if (engine == null) {
      engine = new EngineRoom(settings, instrumentation, httpRoom(), this::stores, monitoring());
    }
    return engine;
  }

  @Override
  public Exchanges exchanges() {
    return httpRoom();
  }

  private synchronized HttpRoom httpRoom() {
    if (http == null) {
      http = new HttpRoom(settings, () -> engineRoom().get(), this::stores, monitoring());
    }
    return http;
  }

  /** Where all entries of this JVM lie: they share one room. */
  private synchronized ObjectStores stores() {
    if (stores == null) {
      stores = new MemoryStores(maxMemory(settings));
    }
    return stores;
  }

  private static long maxMemory(Settings settings) {
    return settings.global(GlobalKeys.MAX_MEMORY).of(Runtime.getRuntime().maxMemory());
  }

  @Override
  public Refusals refusals() {
    Refusals made = refusals;
    if (made == null) {
      synchronized (refusing) { // not this: a class that is being loaded waits for no room
        made = refusals == null ? new RefusalLog() : refusals;
        refusals = made;
      }
    }
    return made;
  }

  @Override
  public boolean isEnabled(String cache) {
    return settings().cache(cache, CacheKeys.ENABLED);
  }

  @Override
  public boolean wasEnabledAtStart(String cache) {
    return start.cache(cache, CacheKeys.ENABLED);
  }

  @Override
  public synchronized Linker linker() {
    if (linker == null) {
      linker = new Linker(this);
    }
    return linker;
  }

  @Override
  public boolean connect() {
    return connected || tryToConnect();
  }

  /** Tries once: what stands in the way of a class of the JVM's does not go away. */
  private synchronized boolean tryToConnect() {
    if (!connected && !refused) {
      String reason = Dispatcher.install(instrumentation, facade(), linker());
      if (reason == null) {
        nests = AotRecording.nests(instrumentation);
      }
      connected = reason == null;
      refused = !connected;
      if (refused) {
        Log.warn(reason + "; the application runs uncached");
      }
    }
    return connected;
  }

  @Override
  public WovenNests nests() {
    return nests;
  }

  /** Answers what is asked by the names of the facade's methods. */
  BiFunction<String, Object[], Object> facade() {
    return new Facade(engineRoom(), httpRoom(), monitoring());
  }

  private synchronized Monitoring monitoring() {
    if (monitoring == null) {
      monitoring = new Monitoring(this);
    }
    return monitoring;
  }

  private synchronized Monitoring monitoringMade() {
    return monitoring;
  }

  @Override
  public boolean tellsHits() {
    return monitoring().tellsHits();
  }

  /** Links hit sites anew, where there are any. */
  void tellHits() {
    Linker there;
    synchronized (this) {
      there = linker;
    }
    if (there != null) {
      there.tellHits();
    }
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public synchronized void waits(Service service) {
    List<Service> all = new ArrayList<>(waiting);
    all.add(service);
    waiting = all;
  }

  /** Uses the services that have waited for something to be seen by them. */
  void useServices() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Service> all;
    synchronized (this) {
      all = waiting;
      waiting = List.of();
    }
    for (Service each : all) {
      monitoring().use(each, weaver, instrumentation);
    }
  }

  /** The engine; null where nothing has needed one. */
  Engine engineMade() {
    EngineRoom room;
    synchronized (this) {
      room = engine;
    }
    return room == null ? null : room.made();
  }

  /** The names of the path rules and servlets whose answers are stored, or may be. */
  Set<String> ruleNames() {
    HttpRoom room;
    synchronized (this) {
      room = http;
    }
    return room == null ? Set.copyOf(settings().ruleNames()) : room.ruleNames();
  }
}
