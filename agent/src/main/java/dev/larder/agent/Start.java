/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.Engine;
import dev.larder.weave.Selection;
import dev.larder.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.List;

public final class Start {

  private Start() {}

  public static void premain(String options, Instrumentation instrumentation, boolean attached)
      throws Exception {
    Engine engine =
        new Engine(new InterimPolicies(), new MemoryStores(), new Opening(instrumentation), null);
    Weaver weaver =
        new Weaver(
            engine,
            new Selection(List.of()),
            (type, method, reason, asked) -> System.err.println(type + "." + method + " " + reason),
            null);
    Dispatcher.install(instrumentation, new Facade(engine), weaver.linker());
    weaver.install(instrumentation);
    dev.larder.agent.logging.Log.say("Larder started");
  }

  public static void main(String[] arguments) {}
}
