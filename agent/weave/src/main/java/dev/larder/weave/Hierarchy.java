/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.MethodOutline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * The supertypes of one class, as far as their class files can be found, and which of their methods
 * a method of the class implements.
 */
final class Hierarchy {

  private final Outline type;
  private final ClassLoader loader;
  private final Outlines outlines;
  private final Map<String, Outline> superclasses = new LinkedHashMap<>();
  private final Map<String, Outline> interfaces = new LinkedHashMap<>();

  Hierarchy(Outline type, ClassLoader loader, Outlines outlines) {
    this.type = type;
    this.loader = loader;
    this.outlines = outlines;
    collectInterfaces(type, loader, outlines);
    Outline next = type;
    while (next != null
        && next.superName() != null
        && !next.superName().equals("java/lang/Object")) {
      Outline above = outlines.find(next.superName(), loader);
      if (above == null || superclasses.put(above.name(), above) != null) {
        break;
      }
      collectInterfaces(above, loader, outlines);
      next = above;
    }
  }

  private void collectInterfaces(Outline from, ClassLoader loader, Outlines outlines) {
    for (String name : from.interfaces()) {
      if (!interfaces.containsKey(name)) {
        Outline found = outlines.find(name, loader);
        if (found != null) {
          interfaces.put(name, found);
          collectInterfaces(found, loader, outlines);
        }
      }
    }
  }

  /** All interfaces, near ones first. */
  Iterable<Outline> interfaces() {
    return interfaces.values();
  }

  /** The interface of an internal name, if it has it; else null. */
  Outline interfaceOf(String name) {
    return interfaces.get(name);
  }

  /** Whether it has an interface, its own or a supertype's. */
  boolean hasInterface(Outline anInterface) {
    return interfaces.containsKey(anInterface.name());
  }

  /** All superclasses but {@code Object}, near ones first. */
  Iterable<Outline> superclasses() {
    return superclasses.values();
  }

  /**
   * The binary names of all that another class extends or implements, {@code Object} too; as far as
   * their class files can be read.
   *
   * @param binaryName of the class; of a primitive type there are none
   */
  Set<String> supertypesOf(String binaryName) {
    Outline other = outlines.find(binaryName.replace('.', '/'), loader);
    if (other == null) {
      return Set.of();
    }
    Hierarchy above = new Hierarchy(other, loader, outlines);
    Set<String> names = new HashSet<>();
    names.add("java.lang.Object");
    above.superclasses().forEach(each -> names.add(each.binaryName()));
    above.interfaces().forEach(each -> names.add(each.binaryName()));
    return names;
  }

  /** The method of an interface, or of one that it extends, that a method implements; else null. */
  MethodOutline implemented(MethodOutline method, Outline anInterface) {
    MethodOutline declared = declaredIn(anInterface, method);
    if (declared != null) {
      return declared;
    }
    for (String above : anInterface.interfaces()) {
      Outline outline = interfaces.get(above);
      MethodOutline inherited = outline == null ? null : implemented(method, outline);
      if (inherited != null) {
        return inherited;
      }
    }
    return null;
  }

  /** The method that an interface itself declares and that a method implements; else null. */
  MethodOutline declaredIn(Outline anInterface, MethodOutline method) {
    if (anInterface.name().equals(type.name())) {
      return null;
    }
    for (MethodOutline candidate : anInterface.methods()) {
      if (candidate.name().equals(method.name())
          && !candidate.is(Opcodes.ACC_STATIC)
          && (candidate.signature().equals(method.signature()) || isBridged(candidate, method))) {
        return candidate;
      }
    }
    return null;
  }

  /** Whether a superclass has a body for the method, as behind a proxy that is a subclass. */
  boolean isOverridden(MethodOutline method) {
    for (Outline above : superclasses.values()) {
      for (MethodOutline overridden : above.methods()) {
        if (overridden.signature().equals(method.signature())
            && !overridden.is(Opcodes.ACC_ABSTRACT)
            && !overridden.is(Opcodes.ACC_STATIC)) {
          return true;
        }
      }
    }
    return false;
  }

  /** All methods of interfaces that a method implements, as contracts. */
  List<String> contractsOf(MethodOutline method) {
    List<String> contracts = new ArrayList<>();
    for (Outline anInterface : interfaces.values()) {
      MethodOutline declared = declaredIn(anInterface, method);
      if (declared != null) {
        contracts.add(anInterface.binaryName() + "." + declared.signature());
      }
    }
    return contracts;
  }

  /** Whether the class has a bridge with the interface method's erasure that calls the method. */
  private boolean isBridged(MethodOutline inInterface, MethodOutline method) {
    for (MethodOutline bridge : type.methods()) {
      if (method.descriptor().equals(bridge.bridgeTo())
          && bridge.signature().equals(inInterface.signature())) {
        return true;
      }
    }
    return false;
  }
}
