/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/**
 * What of a class file says which of its methods are targets: names, types and annotations, without
 * any code.
 *
 * @param name the internal name
 * @param superName the superclass's internal name; null of {@code Object}
 * @param interfaces the internal names of the direct superinterfaces
 * @param genericSignature as in the class file; null where nothing is generic
 */
record Outline(
    int version,
    int access,
    String name,
    String superName,
    List<String> interfaces,
    String genericSignature,
    List<Mark> annotations,
    List<MethodOutline> methods) {

  /**
   * An annotation.
   *
   * @param descriptor its type's descriptor
   * @param values its attributes: strings, booleans, or lists of nested {@link Mark}s
   */
  record Mark(String descriptor, Map<String, Object> values) {}

  /**
   * A method.
   *
   * @param genericSignature as in the class file; null where nothing is generic
   * @param parameterNames by position; empty where the class file has none
   * @param ignored positions of the parameters that carry {@code @CacheIgnore}
   * @param bridgeTo of a bridge: the descriptor of the method of the same name that it calls; else
   *     null
   */
  record MethodOutline(
      int access,
      String name,
      String descriptor,
      String genericSignature,
      List<Mark> annotations,
      List<String> parameterNames,
      List<Integer> ignored,
      String bridgeTo) {

    boolean is(int flag) {
      return (access & flag) != 0;
    }

    /** The name and the erased parameter types, by which an implementation is recognised. */
    String signature() {
      return name + descriptor.substring(0, descriptor.indexOf(')') + 1);
    }

    Mark annotation(String annotationDescriptor) {
      return find(annotations, annotationDescriptor);
    }
  }

  boolean isEnum() {
    return (access & Opcodes.ACC_ENUM) != 0;
  }

  boolean isAbstract() {
    return (access & Opcodes.ACC_ABSTRACT) != 0;
  }

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  Mark annotation(String annotationDescriptor) {
    return find(annotations, annotationDescriptor);
  }

  /** The name as source and messages write it, with {@code $} before nested names. */
  String binaryName() {
    return name.replace('/', '.');
  }

  private static Mark find(List<Mark> annotations, String descriptor) {
    for (Mark annotation : annotations) {
      if (annotation.descriptor().equals(descriptor)) {
        return annotation;
      }
    }
    return null;
  }
}
