/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds what is to be woven in a class that the gate let pass, and has it rewritten. */
final class Loom {

  private final Surroundings around;
  private final Outlines outlines = new Outlines();

  Loom(Surroundings around) {
    this.around = around;
  }

  /**
   * The class as woven; null where nothing was to be.
   *
   * @param redefined the class, where it is loaded already
   * @param woven whether something of ours is written into it already
   */
  byte[] weave(
      Selection selection,
      ClassLoader loader,
      Class<?> redefined,
      byte[] bytes,
      Gate.Decision decision,
      boolean woven) {
    Map<String, TargetSpec> targets = Map.of();
    Set<String> done = woven ? WovenMethods.in(bytes) : Set.of();
    Set<String> stale = Set.of();
    if (decision.targets()) {
      Outline outline = OutlineReader.read(bytes);
      outlines.keep(outline, loader);
      declareServlets(outline, loader);
      targets = new TargetFinder(selection, outlines, around.refusals()).find(outline, loader);
      declareHandlers(targets);
      if (redefined != null) {
        targets = around.linker().tell(redefined, targets);
        stale = new HashSet<>(done);
        stale.removeAll(targets.keySet());
      }
    }
    byte[] changed =
        new ClassWeaver(around.refusals()).weave(bytes, targets, decision, done, stale);
    return changed != null && around.connect() ? changed : null;
  }

  private void declareHandlers(Map<String, TargetSpec> targets) {
    for (TargetSpec spec : targets.values()) {
      if (spec.lookup() != null && spec.traits().contains(TargetSpec.Trait.HANDLER)) {
        around.exchanges().handlerFound();
        return;
      }
    }
  }

  private void declareServlets(Outline outline, ClassLoader loader) {
    for (MethodOutline method : outline.methods()) {
      Mark mark = method.annotation(Annotations.CACHE);
      if (mark != null && TargetFinder.isDoGet(method)) {
        Operation operation =
            Annotations.operation(mark, outline.binaryName() + "." + method.name());
        around.exchanges().servletRule(loader, outline.binaryName(), operation);
      }
    }
  }
}
