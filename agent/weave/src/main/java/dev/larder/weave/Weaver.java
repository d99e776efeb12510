/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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
  private final Selection selection;
  private final Surroundings around;
  private final Wanted dispatcher = new Wanted(List.of(List.of(Bootstrap.DISPATCHER)));
  private volatile Loom loom;

  /**
   * A weaver that has not begun.
   *
   * @param selection what the file says about methods
   */
  public Weaver(Selection selection, Surroundings around) {
    this.gate = new Gate(selection, around);
    this.selection = selection;
    this.around = around;
  }

  /** What links a call site of a name, of its lookup, type and constants. */
  public static BiFunction<String, Object[], Object> linker(Surroundings around) {
    return new Linker(around);
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
      ClassLoader loader = type.getClassLoader();
      if (!Gate.isOfTheJdk(loader) // which most are: the names of these alone would cost 10 ms
          && !type.isArray()
          && !type.isHidden()
          && !Gate.isOutOfBounds(loader, type.getName().replace('.', '/'))
          && instrumentation.isModifiableClass(type)) {
        late.add(type);
      }
    }
    if (!late.isEmpty()) {
      retransform(late, instrumentation);
    }
  }

  private void retransform(List<Class<?>> late, Instrumentation instrumentation) {
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
      return decision == Gate.Decision.LEAVE ? null : loom().weave(loader, bytes, decision);
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

  /** The loom, made at the first class that passes: without a match, it is never loaded. */
  private Loom loom() {
    Loom made = loom;
    if (made == null) {
      synchronized (this) {
        made = loom;
        if (made == null) {
          made = new Loom(selection, around);
          loom = made;
        }
      }
    }
    return made;
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
