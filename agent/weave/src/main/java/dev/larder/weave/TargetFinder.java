/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.method.TargetSpec.Trait;
import dev.larder.weave.Outline.MethodOutline;
import dev.larder.weave.Reasons.Asking;
import dev.larder.weave.Reasons.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds the targets of a class: what its annotations, its interfaces' and the file ask for. */
final class TargetFinder {

  /** Types whose instances are made to be used once, or stand for work still to be done. */
  private static final Set<String> NOT_YET =
      Set.of(
          "Lorg/reactivestreams/Publisher;",
          "Ljava/util/concurrent/Flow$Publisher;",
          "Lio/reactivex/rxjava3/core/Observable;",
          "Lio/reactivex/rxjava3/core/Flowable;",
          "Lio/reactivex/rxjava3/core/Completable;",
          "Lio/smallrye/mutiny/Multi;",
          "Lkotlinx/coroutines/flow/Flow;",
          "Lkotlinx/coroutines/Deferred;",
          "Ljava/util/stream/Stream;",
          "Ljava/util/stream/IntStream;",
          "Ljava/util/stream/LongStream;",
          "Ljava/util/stream/DoubleStream;",
          "Ljava/util/Iterator;");

  /**
   * As many places as a target's arguments may take: a method has up to 255, and what a call site
   * calls needs three of them for its handle, for what it asks and for the receiver.
   */
  private static final int MOST_PLACES = 252;

  private final Selection selection;
  private final Outlines outlines;
  private final Reasons reasons;
  private final Authorisation authorisation;
  private final HandlerMethods handlers;
  private final Refusals refusals;

  TargetFinder(Selection selection, Outlines outlines, Refusals refusals) {
    this.selection = selection;
    this.outlines = outlines;
    this.reasons = new Reasons(selection);
    this.authorisation = new Authorisation(outlines);
    this.handlers = new HandlerMethods(outlines);
    this.refusals = refusals;
  }

  /** The targets among a class's methods, by name and descriptor. */
  Map<String, TargetSpec> find(Outline type, ClassLoader loader) {
    if (type.version() < Opcodes.V1_7) { // which knows no invokedynamic
      refuse(type, loader);
      return Map.of();
    }
    return targets(type, loader);
  }

  /** Refuses a class as a whole, if any of its methods would be a target. */
  private void refuse(Outline type, ClassLoader loader) {
    Map<String, TargetSpec> meant =
        new TargetFinder(selection, outlines, (owner, method, reason, askedFor) -> {})
            .targets(type, loader);
    if (!meant.isEmpty()) {
      refusals.refuse(
          type.binaryName(),
          "*",
          "the class is compiled for Java "
              + (type.version() - 44)
              + "; compile it for Java 7 or newer",
          !isProxy(type) // whose own class file has nothing to be cached
              && meant.values().stream()
                  .anyMatch(
                      spec -> spec.lookup() == null || spec.traits().contains(Trait.ASKED_FOR)));
    }
  }

  private Map<String, TargetSpec> targets(Outline type, ClassLoader loader) {
    Hierarchy hierarchy = new Hierarchy(type, loader, outlines);
    boolean generatedProxy = isProxy(type);
    Map<String, TargetSpec> targets = new LinkedHashMap<>();
    for (MethodOutline method : type.methods()) {
      TargetSpec spec = find(type, method, hierarchy, generatedProxy, loader);
      if (spec != null) {
        targets.put(method.name() + method.descriptor(), spec);
      }
    }
    if (!type.isInterface() && !type.isAbstract() && !generatedProxy) {
      refuseInherited(type, hierarchy, loader);
    }
    return targets;
  }

  /**
   * Refuses what an interface's annotation, or a pattern of it, asks for where the class inherits
   * the body from one that does not implement the interface, or from another interface: to weave
   * that would concern objects that do not implement it either.
   */
  private void refuseInherited(Outline type, Hierarchy hierarchy, ClassLoader loader) {
    Set<String> nearer = new HashSet<>();
    type.methods().forEach(method -> nearer.add(method.signature()));
    for (Iterable<Outline> all : List.of(hierarchy.superclasses(), hierarchy.interfaces())) {
      for (Outline above : all) {
        for (MethodOutline method : above.methods()) {
          if (nearer.add(method.signature())
              && !method.is(Opcodes.ACC_ABSTRACT)
              && !method.is(Opcodes.ACC_BRIDGE)
              && !method.name().startsWith("<")) {
            for (Asking asking : reasons.ofInherited(type, method, hierarchy)) {
              refuseInherited(type, above, method, asking, loader);
            }
          }
        }
      }
    }
  }

  private void refuseInherited(
      Outline type, Outline above, MethodOutline method, Asking asking, ClassLoader loader) {
    if (!isAskedFor(above, method, asking, loader)) {
      refusals.refuse(
          type.binaryName(),
          method.name(),
          "it inherits the body from "
              + above.binaryName()
              + (above.isInterface() ? ", which does not extend " : ", which does not implement ")
              + asking.anInterface().binaryName()
              + "; annotate the method there, or name it in the file",
          asking.askedFor());
    }
  }

  /** Whether a class's own method is a target, for that interface's sake or another reason. */
  private boolean isAskedFor(
      Outline type, MethodOutline method, Asking asking, ClassLoader loader) {
    Hierarchy hierarchy = new Hierarchy(type, loader, outlines);
    if (hierarchy.hasInterface(asking.anInterface())) {
      return true;
    }
    return asking.looksUp()
        ? reasons.of(type, method, hierarchy, false) != null
        : Reasons.evictsOrPuts(method) != null
            || !reasons.evictions(type, method, hierarchy).isEmpty();
  }

  private TargetSpec find(
      Outline type,
      MethodOutline method,
      Hierarchy hierarchy,
      boolean generatedProxy,
      ClassLoader loader) {
    if (method.is(Opcodes.ACC_ABSTRACT)) { // what implements it is the target
      if (!type.isInterface() && method.annotation(Annotations.CACHE) != null) {
        refusals.refuse(
            type.binaryName(),
            method.name(),
            "it is abstract, and what a class says of its own method holds for no other; annotate"
                + " what implements it",
            true);
      }
      return null;
    }
    if (method.name().equals("<init>") && reasons.nameConstructor(type, method, hierarchy)) {
      refusals.refuse(
          type.binaryName(),
          "new",
          "it is a constructor, and each caller's object is its own; name the methods that give"
              + " one",
          true);
      return null;
    }
    if (method.name().startsWith("<")
        || method.is(Opcodes.ACC_BRIDGE)
        || isBodyOfOpenSuspendFunction(method)
        || isDoGet(method)) {
      return null;
    }
    Declarations declarations = new Declarations(type, method, hierarchy);
    boolean inherits = !generatedProxy || !hierarchy.isOverridden(method);
    List<Operation> evictions =
        new ArrayList<>(declarations.operations(Annotations.EVICT, Annotations.EVICTS, inherits));
    List<Operation> puts = declarations.operations(Annotations.PUT, Annotations.PUTS, inherits);
    evictions.addAll(reasons.evictions(type, method, hierarchy));
    Reason reason = reasons.of(type, method, hierarchy, !evictions.isEmpty() || !puts.isEmpty());
    if (reason != null && !puts.isEmpty()) {
      refusals.refuse(
          type.binaryName(),
          method.name(),
          "it carries @Cache and @CachePut; keep one of them",
          true);
      return null;
    }
    if (reason == null && evictions.isEmpty() && puts.isEmpty()) {
      return null;
    }
    String unwoven = whyUnwoven(type, method, hierarchy);
    String refusal = unwoven != null ? unwoven : reason == null ? null : refusal(method);
    if (refusal != null) {
      refusals.refuse(
          type.binaryName(), method.name(), refusal, reason == null || reason.askedFor());
      reason = null;
      if (unwoven != null || (evictions.isEmpty() && puts.isEmpty())) {
        return null;
      }
    }
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (reason != null && reason.throughInterface()) {
      traits.add(Trait.THROUGH_INTERFACE);
    }
    if (reason != null && reason.askedFor()) {
      traits.add(Trait.ASKED_FOR);
    }
    if (handlers.isOne(method, hierarchy, generatedProxy, loader)) {
      traits.add(Trait.HANDLER);
    }
    if (generatedProxy && !puts.isEmpty()) { // what it reaches puts for it
      traits.add(Trait.PUTS_AROUND);
    }
    if (generatedProxy && authorisation.guards(type, method, hierarchy, loader)) {
      traits.add(Trait.GUARDED);
    }
    return new TargetSpec(
        type.binaryName(),
        method.name(),
        method.descriptor(),
        method.is(Opcodes.ACC_STATIC),
        declarations.parameterNames(),
        declarations.ignored(),
        reason == null ? null : reason.operation(),
        evictions,
        puts,
        hierarchy.contractsOf(method),
        traits);
  }

  /** Why nothing is to be written around a method's body; null if something may be. */
  private static String whyUnwoven(Outline type, MethodOutline method, Hierarchy hierarchy) {
    if (method.is(Opcodes.ACC_NATIVE)) {
      return "it is native and has no body to skip";
    }
    int places = (Type.getArgumentsAndReturnSizes(method.descriptor()) >> 2) - 1; // of this
    if (places > MOST_PLACES) {
      return "its arguments take "
          + places
          + " places (a long or double takes two), and a call site has "
          + MOST_PLACES
          + " for them; pass some of them as one object";
    }
    return OwnCalls.reason(type, method, hierarchy);
  }

  /** Why what a method gives cannot be cached; null if it can. */
  private static String refusal(MethodOutline method) {
    if (method.descriptor().endsWith(")V")) {
      return "it returns nothing that could be kept";
    }
    String returned = method.descriptor().substring(method.descriptor().indexOf(')') + 1);
    if (NOT_YET.contains(returned)) {
      return "it returns a stream of values or a reactive type, which this version does not cache";
    }
    return null;
  }

  /**
   * Whether it is what Kotlin's compiler makes of the body of a suspend function that may be
   * overridden, with a copy of its annotations; the function itself is the target.
   */
  private static boolean isBodyOfOpenSuspendFunction(MethodOutline method) {
    return method.is(Opcodes.ACC_SYNTHETIC) && method.name().endsWith("$suspendImpl");
  }

  private static boolean isProxy(Outline type) {
    return "java/lang/reflect/Proxy".equals(type.superName()) || type.name().contains("$$");
  }

  /**
   * Whether a class file's method is one of a servlet that {@code @Cache} keeps whole answers of.
   */
  static boolean isDoGet(MethodOutline method) {
    return method.name().equals("doGet")
        && (method.descriptor().equals(ServletMethods.JAKARTA_DO)
            || method.descriptor().equals(ServletMethods.JAVAX_DO));
  }
}
