/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.key.FieldAccess;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;

/** Private access to any class: a module that does not open a package to the agent is made to. */
final class Opening implements FieldAccess {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private final Instrumentation instrumentation;

  Opening(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    if (ModuleLayer.boot().findModule("jdk.unsupported").isEmpty()) {
      openReflectionFactory();
    }
  }

  /** An application of modules alone may have left out the module that hands this out. */
  private void openReflectionFactory() {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of("jdk.internal.reflect", Set.of(Opening.class.getModule())),
        Map.of(),
        Set.of(),
        Map.of());
  }

  @Override
  public MethodHandles.Lookup lookupIn(Class<?> type) throws IllegalAccessException {
    Module module = type.getModule();
    Module ours = Opening.class.getModule();
    String packageName = type.getPackageName();
    if (!module.isOpen(packageName, ours) && instrumentation.isModifiableModule(module)) {
      instrumentation.redefineModule(
          module, Set.of(), Map.of(), Map.of(packageName, Set.of(ours)), Set.of(), Map.of());
    }
    if (!ours.canRead(module)) {
      ours.addReads(module);
    }
    return MethodHandles.privateLookupIn(type, HERE);
  }
}
