/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.Engine;
import dev.larder.engine.TargetSpec;
import dev.larder.engine.TargetSpec.Operation;
import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weaves the classes of a JVM: those that are loaded from now on, and those that are there already.
 *
 * <p>Two transformers do it. The first sees classes as they are loaded and is registered as one
 * that cannot retransform, so that what it wove lies under what other agents weave: a hit then
 * skips the body and not, say, another agent's span around it. The second, which can, takes only
 * classes that were loaded before the first was there, and takes them again each time that anybody
 * retransforms them.
 */
public final class Weaver {

  private final Gate gate;
  private final Outlines outlines = new Outlines();
  private final Selection selection;
  private final Refusals refusals;
  private final Wanted dispatcher = new Wanted(List.of(List.of(Bootstrap.DISPATCHER)));
  private final Linker linker;
  private final Exchanges exchanges;

  /**
   * A weaver that has not begun.
   *
   * @param engine gives the engine, when the first call site is linked
   * @param selection what the file says about methods
   * @param refusals is told of each method that cannot be a target
   * @param exchanges the HTTP part
   */
  public Weaver(
      Supplier<Engine> engine, Selection selection, Refusals refusals, Exchanges exchanges) {
    this.gate = new Gate(selection);
    this.selection = selection;
    this.refusals = refusals;
    this.linker = new Linker(engine, exchanges);
    this.exchanges = exchanges;
  }

  /** What links a call site of a name, of its lookup, type and constants. */
  public BiFunction<String, Object[], Object> linker() {
    return linker;
  }

  /** Begins: with the classes that are loaded from now on, then with those that are there. */
  public void install(Instrumentation instrumentation) {
    instrumentation.addTransformer(new OnLoading(), false);
    instrumentation.addTransformer(new OnRetransforming(), true);
    retransformLoaded(instrumentation);
  }

  /**
   * Retransforms classes that an archive, an earlier agent or the application has loaded before.
   */
  private void retransformLoaded(Instrumentation instrumentation) {
    List<Class<?>> late = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      String name = type.getName().replace('.', '/');
      if (!type.isArray()
          && !type.isPrimitive()
          && !type.isHidden()
          && !Gate.isOutOfBounds(type.getClassLoader(), name)
          && instrumentation.isModifiableClass(type)) {
        late.add(type);
      }
    }
    // Supertypes first: what a class inherits must be known when it is looked at. Twice over the
    // few that there are costs less than sorting them by their supertypes.
    List<Class<?>> passing = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      passing.clear();
      for (Class<?> type : late) {
        byte[] bytes = ClassFiles.read(type.getClassLoader(), type.getName().replace('.', '/'));
        if (bytes == null
            || gate.decide(bytes, type.getClassLoader(), true) != Gate.Decision.LEAVE) {
          passing.add(type);
        }
      }
    }
    for (Class<?> type : passing) {
      try {
        instrumentation.retransformClasses(type);
      } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
        log()
            .warn(
                "{} was loaded before Larder and cannot be retransformed ({}); its methods run uncached",
                type.getName(),
                refused.toString());
      }
    }
  }

  private byte[] weave(ClassLoader loader, String name, byte[] bytes, boolean loaded) {
    try {
      Gate.Decision decision = gate.decide(bytes, loader, loaded);
      return decision == Gate.Decision.LEAVE ? null : weave(loader, bytes, decision);
    } catch (Throwable failure) { // whatever it is, the class is loaded as it was
      log()
          .warn(
              "{} cannot be woven ({}); its methods run uncached",
              String.valueOf(name).replace('/', '.'),
              failure.toString(),
              log().isDebugEnabled() ? failure : null);
      return null;
    }
  }

  /** What rewrites is made here, for each class: without a match, its classes are never loaded. */
  private byte[] weave(ClassLoader loader, byte[] bytes, Gate.Decision decision) {
    Map<String, TargetSpec> targets = Map.of();
    if (decision.targets()) {
      Outline outline = OutlineReader.read(bytes);
      outlines.keep(outline, loader);
      declareServlets(outline);
      targets = new TargetFinder(selection, outlines, refusals).find(outline, loader);
      declareHandlers(targets);
    }
    return new ClassWeaver(refusals).weave(bytes, targets, decision.servletMethods());
  }

  private void declareHandlers(Map<String, TargetSpec> targets) {
    for (TargetSpec spec : targets.values()) {
      if (spec.lookup() != null && spec.traits().contains(TargetSpec.Trait.HANDLER)) {
        exchanges.handlerFound();
        return;
      }
    }
  }

  private void declareServlets(Outline outline) {
    for (MethodOutline method : outline.methods()) {
      Mark mark = method.annotation(Annotations.CACHE);
      if (mark != null && TargetFinder.isDoGet(method)) {
        Operation operation =
            Annotations.operation(mark, outline.binaryName() + "." + method.name());
        exchanges.servletRule(outline.binaryName(), operation);
      }
    }
  }

  /**
   * Asked for when there is something to say, which is rarely so: it costs its share of a start.
   */
  private static Logger log() {
    return LoggerFactory.getLogger(Weaver.class);
  }

  /** Whether the first transformer has been here. */
  private boolean isWoven(byte[] bytes) {
    Glance glance = Glance.at(bytes, dispatcher);
    return glance != null && glance.has(0);
  }

  private final class OnLoading implements ClassFileTransformer {
    @Override
    public byte[] transform(
        Module module,
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (Gate.isOutOfBounds(loader, name)) {
        return null;
      }
      return weave(loader, name, bytes, redefined != null);
    }
  }

  private final class OnRetransforming implements ClassFileTransformer {
    @Override
    public byte[] transform(
        Module module,
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (redefined == null || Gate.isOutOfBounds(loader, name) || isWoven(bytes)) {
        return null;
      }
      return weave(loader, name, bytes, true);
    }
  }
}
