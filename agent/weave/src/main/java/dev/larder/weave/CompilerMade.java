/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Methods that the compilers of Groovy and Scala make for their own ends, and do not mark as
 * compiler-made, as others do.
 *
 * <p>They are given the mark, and what the source's method has of ours is theirs no more: a call of
 * one ends at the source's method, which is cached.
 */
final class CompilerMade {

  private static final String INTERNAL = "Lgroovy/transform/Internal;";
  private static final String GENERATED = "Lgroovy/transform/Generated;";

  /** Holds the bodies of a Groovy trait, of which each class that has the trait calls them. */
  private static final String TRAIT_HELPER = "$Trait$Helper";

  /** Before the position of a parameter, the end of the name of what gives its default in Scala. */
  private static final String SCALA_DEFAULT = "$default$";

  private CompilerMade() {}

  /** A class's methods, with the mark. */
  static List<MethodOutline> marked(String type, List<MethodOutline> methods) {
    List<MethodOutline> all = new ArrayList<>(methods.size());
    for (MethodOutline method : methods) {
      all.add(
          method.annotation(INTERNAL) != null
                  || isDefaultOfScala(method.name())
                  || isBodyOfTrait(type, method)
                  || isOverloadForDefaults(method, methods)
              ? marked(method)
              : method);
    }
    return all;
  }

  private static MethodOutline marked(MethodOutline method) {
    List<Mark> others =
        method.annotations().stream()
            .filter(mark -> !Annotations.OURS.contains(mark.descriptor()))
            .toList();
    return new MethodOutline(
        method.access() | Opcodes.ACC_SYNTHETIC,
        method.name(),
        method.descriptor(),
        method.genericSignature(),
        others,
        method.parameterNames(),
        method.ignored(),
        method.bridgeTo());
  }

  private static boolean isDefaultOfScala(String name) {
    int at = name.lastIndexOf(SCALA_DEFAULT);
    return at > 0
        && at + SCALA_DEFAULT.length() < name.length()
        && name.chars().skip(at + SCALA_DEFAULT.length()).allMatch(Character::isDigit);
  }

  /** Whether classes have it as a method of their own, with the marks that it has. */
  private static boolean isBodyOfTrait(String type, MethodOutline method) {
    if (!type.endsWith(TRAIT_HELPER) || !method.is(Opcodes.ACC_PUBLIC)) {
      return false;
    }
    String trait = type.substring(0, type.length() - TRAIT_HELPER.length());
    return method.descriptor().startsWith("(L" + trait + ";");
  }

  /** Whether it calls a longer method of its name with defaults for what it does not have. */
  private static boolean isOverloadForDefaults(MethodOutline method, List<MethodOutline> methods) {
    if (method.annotation(GENERATED) == null) {
      return false;
    }
    Type[] own = Type.getArgumentTypes(method.descriptor());
    for (MethodOutline each : methods) {
      if (each.name().equals(method.name())
          && each.annotation(GENERATED) == null
          && isPart(own, Type.getArgumentTypes(each.descriptor()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether some types are fewer than others and stand among them in that order. */
  private static boolean isPart(Type[] some, Type[] others) {
    int found = 0;
    for (Type each : others) {
      if (found < some.length && some[found].equals(each)) {
        found++;
      }
    }
    return found == some.length && some.length < others.length;
  }
}
