/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which of the classes that the JVM loads are looked into at all.
 *
 * <p>Thousands of classes pass while an application starts, and nearly none is a target, so the
 * decision costs one pass over a constant pool and a few look-ups of names. A class passes if its
 * own bytes name one of our annotations or a servlet's method, if a pattern names it, or if it has
 * a supertype that did: for what an interface's annotation, or a pattern that names an interface,
 * says holds for whatever implements it.
 *
 * <p>That needs the supertypes to have come before, and the JVM shows a class before it resolves
 * them. So the gate reads the class file of a supertype that it has not seen, as a resource. It
 * must not have it loaded instead: while a transformer runs on a thread, the JVM hides from all
 * transformers what that thread loads. Those of {@link Libraries} are not worth the reading.
 */
final class Gate {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private static final ClassLoader OURS_ALONE = Gate.class.getClassLoader();

  private static final int OURS = 0;
  private static final int SERVLET = 1;
  private static final int MARKED_BY_FILE = 2;
  private static final int ASKING = 3;

  /** The dispatcher as the facade, of which an application may hold copies, looks for it. */
  private static final List<String> DISPATCHER = List.of("java.lang.LarderDispatcher");

  private final Selection selection;
  private final List<MethodPattern> patterns;
  private final Wanted wanted;
  private final Surroundings around;

  /** How many types are known at most, unless more of them matter to their subtypes. */
  static final int REMEMBERED = 50_000;

  /**
   * By internal name of a type that may have subtypes, whether they have to be looked into for its
   * sake. Those that need not are a memory only: an application may make classes without end.
   */
  private final Map<String, Boolean> inherited = new ConcurrentHashMap<>();

  private volatile int room = REMEMBERED;

  /**
   * What is to be done with a class.
   *
   * @param targets whether to look for targets
   * @param servletMethods whether to look for a servlet's or filter's methods
   * @param transactions whether to look for methods that tell of transactions
   */
  record Decision(boolean targets, boolean servletMethods, boolean transactions) {
    static final Decision LEAVE = new Decision(false, false, false);
    static final Decision LOOK_FOR_TARGETS = new Decision(true, false, false);
    static final Decision LOOK_FOR_SERVLET_METHODS = new Decision(false, true, false);
    static final Decision LOOK_FOR_BOTH = new Decision(true, true, false);

    boolean leaves() {
      return !targets && !servletMethods && !transactions;
    }

    Decision withTargets() {
      return new Decision(true, servletMethods, transactions);
    }
  }

  /**
   * A gate.
   *
   * @param around is made to connect before a class runs that asks the agent; null for a gate whose
   *     classes will not run
   */
  Gate(Selection selection, Surroundings around) {
    this.around = around;
    this.selection = selection;
    this.patterns = selection.allPatterns();
    this.wanted =
        new Wanted(
            List.of(
                Annotations.OURS, ServletMethods.DESCRIPTORS, annotations(patterns), DISPATCHER));
  }

  /** The descriptors of the annotations that patterns name. */
  static List<String> annotations(List<MethodPattern> patterns) {
    List<String> descriptors = new ArrayList<>();
    for (MethodPattern pattern : patterns) {
      for (String name : pattern.annotationNames()) {
        descriptors.add("L" + name.replace('.', '/') + ";");
      }
    }
    return descriptors;
  }

  /** What it looks for. */
  Selection selection() {
    return selection;
  }

  /** Whether it is a loader of the JDK's own classes. */
  static boolean isOfTheJdk(ClassLoader loader) {
    return loader == null || loader == PLATFORM;
  }

  /**
   * Whether it is a class of the JDK's that gives a {@link Service}: asked of each, so what knows
   * them is not loaded for it.
   */
  static boolean givesService(ClassLoader loader, String name) {
    return loader == null
        && ("java/lang/management/ManagementFactory".equals(name)
            || "jdk/jfr/FlightRecorder".equals(name));
  }

  /** Whether classes of this name are never looked at, whatever they hold. */
  static boolean isOutOfBounds(ClassLoader loader, String name) {
    return name == null
        || loader == OURS_ALONE
        || (isOfTheJdk(loader) && !name.startsWith("dev/larder/"))
        || name.startsWith("java/")
        || name.startsWith("dev/larder/boot/")
        || name.startsWith("jdk/internal/") // made for reflection, each in a loader of its own
        || (name.startsWith("sun/") && !name.contains("$Proxy"));
  }

  /**
   * What is to be done with a class.
   *
   * @param loader its loader, to have unseen supertypes loaded with
   * @param loaded whether it is loaded already, and so are its supertypes
   */
  Decision decide(byte[] bytes, ClassLoader loader, boolean loaded) {
    Glance glance = glance(bytes);
    return glance == null ? Decision.LEAVE : decide(glance, loader, loaded);
  }

  /** A glance at a class file with this gate's eyes; null where these are no bytes of one. */
  Glance glance(byte[] bytes) {
    return Glance.at(bytes, wanted);
  }

  /** How many types are known. */
  int knownCount() {
    return inherited.size();
  }

  /** How many types are known whose subtypes have to be looked into. */
  int inheritedCount() {
    int count = 0;
    for (boolean matters : inherited.values()) {
      count += matters ? 1 : 0;
    }
    return count;
  }

  /** As {@link #decide(byte[], ClassLoader, boolean)}. */
  Decision decide(Glance glance, ClassLoader loader, boolean loaded) {
    if (around != null && glance.has(ASKING)) {
      around.connect();
    }
    boolean named = isNamed(glance);
    boolean own = glance.has(OURS) || glance.has(MARKED_BY_FILE) || named;
    boolean byInheritance = inherits(glance, loader, loaded);
    String name = glance.name();
    if (!glance.isFinal()) {
      boolean interfaceOfOurs = glance.isInterface() && own;
      remember(name, byInheritance || interfaceOfOurs || isNamedWithSubtypes(glance, named));
    }
    boolean servletMethods = glance.has(SERVLET) && !glance.isInterface() && glance.version() >= 51;
    return new Decision(own || byInheritance, servletMethods, mayTellOfTransactions(glance));
  }

  private void remember(String name, boolean matters) {
    if (inherited.size() >= room) {
      inherited.values().removeIf(each -> !each);
      room = Math.max(REMEMBERED, 2 * inherited.size());
    }
    if (matters) {
      inherited.put(name, true);
    } else {
      inherited.putIfAbsent(name, false);
    }
  }

  /**
   * Asked of each class, so what knows the methods is loaded for those that may have them alone.
   */
  private static boolean mayTellOfTransactions(Glance glance) {
    boolean may = hasTransactions(glance.name());
    for (int i = 0; !may && i < glance.interfaceCount(); i++) {
      may = isOfJta(glance.interfaceName(i));
    }
    return may && TransactionMethods.areIn(glance);
  }

  /** Whether the class file of a loaded class has to be read to know that. */
  static boolean mayTellOfTransactions(Class<?> type) {
    boolean may = hasTransactions(internalName(type));
    for (Class<?> above : type.getInterfaces()) {
      may |= isOfJta(internalName(above));
    }
    return may;
  }

  private static boolean hasTransactions(String name) {
    return name.startsWith("org/springframework/transaction/support/")
        || name.startsWith("com/arjuna/ats/")
        || name.startsWith("com/ibm/tx/jta/")
        || name.startsWith("com/sun/enterprise/transaction/");
  }

  private static boolean isOfJta(String name) {
    return name.startsWith("jakarta/transaction/") || name.startsWith("javax/transaction/");
  }

  /** The name of a class as class files have it. */
  static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private boolean isNamed(Glance glance) {
    if (patterns.isEmpty()) {
      return false;
    }
    String name = glance.name().replace('/', '.');
    for (MethodPattern pattern : patterns) {
      if (!pattern.asksForAnnotation() && pattern.matchesTypeName(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNamedWithSubtypes(Glance glance, boolean named) {
    if (!named) {
      return false;
    }
    String name = glance.name().replace('/', '.');
    for (MethodPattern pattern : patterns) {
      if (pattern.withSubtypes() && pattern.matchesTypeName(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean inherits(Glance glance, ClassLoader loader, boolean loaded) {
    boolean inherits = isInherited(glance.superName(), loader, loaded);
    for (int i = 0; i < glance.interfaceCount(); i++) {
      inherits |= isInherited(glance.interfaceName(i), loader, loaded);
    }
    return inherits;
  }

  private boolean isInherited(String supertype, ClassLoader loader, boolean loaded) {
    if (supertype == null || supertype.startsWith("java/")) {
      return false;
    }
    Boolean known = inherited.get(supertype);
    if (known != null || loaded) {
      return known != null && known;
    }
    remember(supertype, false); // until its own turn says otherwise
    if (!Libraries.have(supertype)) {
      byte[] bytes = ClassFiles.read(loader, supertype);
      if (bytes != null) {
        decide(bytes, loader, false);
      }
    }
    return Boolean.TRUE.equals(inherited.get(supertype));
  }
}
