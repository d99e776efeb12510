/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weaves the classes of a JVM: those that are loaded from now on, and those that are there already.
 *
 * <p>Two transformers do it. The first sees classes as they are loaded and is registered as one
 * that cannot retransform, so that what it wove lies under what other agents weave: a hit then
 * skips the body and not, say, another agent's span around it. The second, which can, takes what
 * the first has not woven, of classes that were loaded before the first was there or before the
 * configuration named them, and takes it again each time that anybody retransforms them. It is
 * there once there is such a class: the JVM makes each transformer of its kind a copy of the bytes
 * of every class that is loaded, though nothing be done with them then.
 */
public final class Weaver {

  private final Surroundings around;
  private final Wanted dispatcher = new Wanted(List.of(List.of(Bootstrap.DISPATCHER)));
  private final ClassFileTransformer onRetransforming = new OnRetransforming();
  private volatile Gate gate;
  private volatile Loom loom;
  private boolean retransforms;

  /**
   * A weaver that has not begun.
   *
   * @param selection what the file says about methods
   */
  public Weaver(Selection selection, Surroundings around) {
    this.gate = new Gate(selection, around);
    this.around = around;
  }

  /** Begins: with the classes that are loaded from now on, then with those that are there. */
  public void install(Instrumentation instrumentation) {
    instrumentation.addTransformer(new OnLoading(), false);
    instrumentation.addTransformer(onRetransforming, true); // and so has a place before agents
    instrumentation.removeTransformer(onRetransforming); // that come later, which it keeps
    Class<?>[] all = instrumentation.getAllLoadedClasses();
    List<Class<?>> late = loaded(all);
    if (!late.isEmpty()) {
      retransform(LoadedClasses.passing(late, gate), instrumentation);
    }
    for (Class<?> each : services(all)) {
      around.waits(Service.of(Gate.internalName(each)));
    }
  }

  /** Weaves the class of a service that waits, for it to be handed over from now on. */
  public void weave(Service service, Instrumentation instrumentation)
      throws ClassNotFoundException {
    retransform(List.of(Class.forName(service.className(), false, null)), instrumentation);
  }

  private void retransform(List<Class<?>> types, Instrumentation instrumentation) {
    if (types.isEmpty()) {
      return;
    }
    synchronized (onRetransforming) {
      if (!retransforms) {
        instrumentation.addTransformer(onRetransforming, true);
        retransforms = true;
      }
    }
    LoadedClasses.retransform(types, instrumentation);
  }

  /** The JDK's classes that give a {@link Service} and are there. */
  private static List<Class<?>> services(Class<?>[] all) {
    List<Class<?>> services = new ArrayList<>();
    Module base = Object.class.getModule(); // which most are in: the rest alone is asked its name
    for (Class<?> type : all) {
      if (type.getModule() != base
          && Gate.givesService(type.getClassLoader(), Gate.internalName(type))) {
        services.add(type);
      }
    }
    return services;
  }

  /** The classes that an archive, an earlier agent or the application has loaded before. */
  private static List<Class<?>> loaded(Class<?>[] all) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : all) {
      ClassLoader loader = type.getClassLoader();
      if (!Gate.isOfTheJdk(loader) // which most are: the names of these alone would cost 10 ms
          && !type.isArray()
          && !type.isHidden()
          && !Gate.isOutOfBounds(loader, Gate.internalName(type))) {
        loaded.add(type);
      }
    }
    return loaded;
  }

  /**
   * Takes up another selection, and whatever else the engine's settings say now.
   *
   * <p>What no longer is a target, or is switched off, is linked at once as if Larder were not
   * there. Then its class gets back what it was: by itself where it was loaded before Larder came,
   * since retransforming begins with what was loaded; else by taking out what was written.
   */
  public void select(Selection selection, Instrumentation instrumentation) {
    List<MethodPattern> changed = selection.changedSince(gate.selection());
    if (!changed.isEmpty()) {
      Gate next = new Gate(selection, around);
      gate = next;
      List<Class<?>> meant =
          LoadedClasses.meantBy(changed, loaded(instrumentation.getAllLoadedClasses()));
      LoadedClasses.passing(meant, next); // so that it knows what they inherit
      retransform(meant, instrumentation);
    }
    around.linker().linkAnew();
    retransform(around.linker().switched(), instrumentation);
  }

  private byte[] weave(ClassLoader loader, String name, Class<?> redefined, byte[] bytes) {
    try {
      Gate now = gate;
      Gate.Decision decision = now.decide(bytes, loader, redefined != null);
      boolean woven = (redefined != null || !decision.leaves()) && isWoven(bytes);
      if (redefined != null && (woven || around.linker().knows(redefined))) {
        decision = decision.withTargets(); // what it was may be something else now
      }
      return decision.leaves()
          ? null
          : told(name, loom().weave(now.selection(), loader, redefined, bytes, decision, woven));
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

  private byte[] weaveService(String name, Class<?> redefined, byte[] bytes) {
    try {
      Service service = Service.of(name);
      if (around.isConnected()) {
        return isWoven(bytes) ? null : told(name, ServiceWeaver.weave(service, bytes));
      }
      if (redefined == null) {
        around.waits(service);
      }
      return null;
    } catch (Throwable failure) { // whatever it is, the class is loaded as it was
      log().warn("{} cannot be woven ({}); Larder is not seen by it", name, failure.toString());
      return null;
    }
  }

  private byte[] told(String name, byte[] woven) {
    WovenNests nests = woven == null ? null : around.nests();
    if (nests != null) {
      nests.add(name);
    }
    return woven;
  }

  /** The loom, made at the first class that passes: without a match, it is never loaded. */
  private Loom loom() {
    Loom made = loom;
    if (made == null) {
      synchronized (this) {
        made = loom;
        if (made == null) {
          made = new Loom(around);
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

  /** Whether something of ours is written into it already, as by the first transformer. */
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
      byte[] woven =
          !Gate.isOutOfBounds(loader, name)
              ? weave(loader, name, redefined, bytes)
              : Gate.givesService(loader, name) ? weaveService(name, redefined, bytes) : null;
      WovenNests nests = woven != null || name == null ? null : around.nests();
      return nests == null ? woven : nests.keepOut(name, bytes);
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
      if (redefined == null) {
        return null;
      }
      if (Gate.isOutOfBounds(loader, name)) {
        return Gate.givesService(loader, name) ? weaveService(name, redefined, bytes) : null;
      }
      byte[] whole = whole(loader, name, bytes);
      byte[] woven = weave(loader, name, redefined, whole);
      return woven != null ? woven : whole == bytes ? null : whole;
    }

    private byte[] whole(ClassLoader loader, String name, byte[] bytes) {
      try {
        return ParameterNames.restored(loader, name, bytes);
      } catch (RuntimeException | LinkageError failure) {
        log().debug("{} keeps no names of parameters", name, failure);
        return bytes;
      }
    }
  }
}
