/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.MethodOutline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/**
 * The parameters of a method as a reader of an interface's source knows them: {@code find(Long)} of
 * a repository that extends {@code Repository<Product, Long>}, whose {@code find(K)} has an {@code
 * Object} in the class file.
 */
final class DeclaredParameters {

  private final Hierarchy hierarchy;
  private final MethodOutline method;
  private final List<List<String>> found = new ArrayList<>();

  private DeclaredParameters(Hierarchy hierarchy, MethodOutline method) {
    this.hierarchy = hierarchy;
    this.method = method;
  }

  /**
   * The parameters of what a method implements of an interface, or of one that it extends: as the
   * class file has them, and with the type arguments that the interface gives.
   *
   * @return erased types as in source; empty where the method implements nothing of it
   */
  static List<List<String>> of(MethodOutline method, Outline anInterface, Hierarchy hierarchy) {
    DeclaredParameters parameters = new DeclaredParameters(hierarchy, method);
    parameters.collect(anInterface, Map.of());
    return parameters.found;
  }

  /**
   * Looks through an interface and those that it extends.
   *
   * @param bound what its type variables stand for, as far as that is known
   */
  private void collect(Outline anInterface, Map<String, String> bound) {
    MethodOutline declared = hierarchy.declaredIn(anInterface, method);
    if (declared != null) {
      List<String> erased = SourceTypes.parameters(declared.descriptor());
      found.add(erased);
      if (declared.genericSignature() != null && !bound.isEmpty()) {
        found.add(resolved(declared, erased, bound));
      }
    }
    Signature signature = Signature.of(anInterface.genericSignature());
    for (String name : anInterface.interfaces()) {
      Outline above = hierarchy.interfaceOf(name);
      if (above != null) {
        collect(above, signature.bound(above, bound));
      }
    }
  }

  private static List<String> resolved(
      MethodOutline declared, List<String> erased, Map<String, String> bound) {
    Signature signature = Signature.of(declared.genericSignature());
    if (signature.parameters.size() != erased.size()) {
      return erased;
    }
    Map<String, String> known = signature.withItsOwn(bound);
    List<String> resolved = new ArrayList<>();
    for (int i = 0; i < erased.size(); i++) {
      String text = signature.parameters.get(i).text(known);
      resolved.add(text == null ? erased.get(i) : text);
    }
    return resolved;
  }

  /** A generic signature of a class or a method, as far as it matters here. */
  private static final class Signature extends SignatureVisitor {
    final List<String> variables = new ArrayList<>();

    /** The first bound of each variable. */
    private final List<TypeText> bounds = new ArrayList<>();

    final List<TypeText> interfaces = new ArrayList<>();
    final List<TypeText> parameters = new ArrayList<>();

    private Signature() {
      super(OutlineReader.ASM);
    }

    /** What was read of it: the JVM asks nobody for a sound one, and some tools write others. */
    static Signature of(String text) {
      Signature signature = new Signature();
      if (text != null) {
        try {
          new SignatureReader(text).accept(signature);
        } catch (RuntimeException unsound) {
          return new Signature();
        }
      }
      return signature;
    }

    @Override
    public void visitFormalTypeParameter(String name) {
      variables.add(name);
    }

    @Override
    public SignatureVisitor visitClassBound() {
      return bound();
    }

    @Override
    public SignatureVisitor visitInterfaceBound() {
      return bound();
    }

    private TypeText bound() {
      TypeText bound = new TypeText();
      if (bounds.size() < variables.size()) {
        bounds.add(bound);
      }
      return bound;
    }

    /**
     * What variables stand for with a method's own, such as {@code <S extends T> S save(S one)}.
     */
    Map<String, String> withItsOwn(Map<String, String> outer) {
      Map<String, String> known = new HashMap<>(outer);
      known.keySet().removeAll(variables);
      for (int i = 0; i < bounds.size(); i++) {
        String text = bounds.get(i).text(known);
        if (text != null && bounds.get(i).variable != null) {
          known.put(variables.get(i), text);
        }
      }
      return known;
    }

    @Override
    public SignatureVisitor visitSuperclass() {
      return new TypeText();
    }

    @Override
    public SignatureVisitor visitReturnType() {
      return new TypeText();
    }

    @Override
    public SignatureVisitor visitExceptionType() {
      return new TypeText();
    }

    @Override
    public SignatureVisitor visitInterface() {
      interfaces.add(new TypeText());
      return interfaces.get(interfaces.size() - 1);
    }

    @Override
    public SignatureVisitor visitParameterType() {
      parameters.add(new TypeText());
      return parameters.get(parameters.size() - 1);
    }

    /** What the type variables of an interface stand for that this signature's type extends. */
    Map<String, String> bound(Outline above, Map<String, String> bound) {
      Map<String, String> next = new HashMap<>();
      List<String> theirs = of(above.genericSignature()).variables;
      for (TypeText each : interfaces) {
        if (above.binaryName().equals(each.name) && each.arguments.size() == theirs.size()) {
          for (int i = 0; i < theirs.size(); i++) {
            String known = each.arguments.get(i).text(bound);
            if (known != null) {
              next.put(theirs.get(i), known);
            }
          }
        }
      }
      return next;
    }
  }

  /** A type in a signature: its erasure, or the type variable that it is. */
  private static final class TypeText extends SignatureVisitor {
    final List<TypeText> arguments = new ArrayList<>();
    String name;
    String variable;
    private int dimensions;

    TypeText() {
      super(OutlineReader.ASM);
    }

    /** As in source; null of a type variable of which nothing is known. */
    String text(Map<String, String> bound) {
      String known = variable == null ? name : bound.get(variable);
      return known == null ? null : known + "[]".repeat(dimensions);
    }

    @Override
    public void visitBaseType(char descriptor) {
      name = Type.getType(String.valueOf(descriptor)).getClassName();
    }

    @Override
    public void visitTypeVariable(String named) {
      variable = named;
    }

    @Override
    public SignatureVisitor visitArrayType() {
      dimensions++;
      return this;
    }

    @Override
    public void visitClassType(String internalName) {
      name = internalName.replace('/', '.');
    }

    @Override
    public void visitInnerClassType(String inner) {
      name += "$" + inner;
      arguments.clear();
    }

    @Override
    public void visitTypeArgument() {
      arguments.add(new TypeText());
    }

    @Override
    public SignatureVisitor visitTypeArgument(char wildcard) {
      arguments.add(new TypeText());
      return arguments.get(arguments.size() - 1);
    }
  }
}
