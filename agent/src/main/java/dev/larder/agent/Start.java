/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.weave.Selection;
import dev.larder.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.List;

public final class Start {

  private Start() {}

  public static void premain(String options, Instrumentation instrumentation, boolean attached)
      throws Exception {
    EngineRoom room = new EngineRoom(instrumentation);
    Weaver weaver = new Weaver(room, new Selection(List.of()), new RefusalLog(), null);
    Dispatcher.install(instrumentation, new Facade(room), weaver.linker());
    weaver.install(instrumentation);
    dev.larder.agent.logging.Log.say("Larder started");
  }

  public static void main(String[] arguments) {}
}
