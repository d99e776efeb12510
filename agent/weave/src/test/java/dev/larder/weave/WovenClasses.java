/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.weave.Outline.MethodOutline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.util.CheckClassAdapter;

/** Woven classes of tests: made, verified twice, and loaded beside the classes that they are of. */
final class WovenClasses {

  private WovenClasses() {}

  /** The class file of a class. */
  static byte[] bytesOf(Class<?> type) {
    byte[] bytes = ClassFiles.read(type.getClassLoader(), type.getName().replace('.', '/'));
    assertThat(bytes).as("class file of %s", type).isNotNull();
    return bytes;
  }

  /** A target for each method of a class that has a body and was not made by the compiler. */
  static Map<String, TargetSpec> everyMethod(byte[] bytes) {
    Outline outline = OutlineReader.read(bytes);
    Map<String, TargetSpec> targets = new LinkedHashMap<>();
    for (MethodOutline method : outline.methods()) {
      if (!method.name().startsWith("<")
          && !method.is(Opcodes.ACC_SYNTHETIC)
          && !method.is(Opcodes.ACC_ABSTRACT)
          && !method.is(Opcodes.ACC_NATIVE)) {
        targets.put(method.name() + method.descriptor(), spec(outline, method));
      }
    }
    return targets;
  }

  private static TargetSpec spec(Outline outline, MethodOutline method) {
    return new TargetSpec(
        outline.binaryName(),
        method.name(),
        method.descriptor(),
        method.is(Opcodes.ACC_STATIC),
        method.parameterNames(),
        Set.of(),
        new Operation("cache", Map.of()),
        List.of(),
        List.of(),
        List.of(),
        Set.of());
  }

  /** Weaves each method of a class; nothing may be refused. */
  static byte[] weaveAll(byte[] bytes) {
    return new ClassWeaver(
            (type, method, reason, askedFor) -> {
              throw new AssertionError(type + "." + method + " was refused: " + reason);
            })
        .weave(bytes, everyMethod(bytes), Gate.Decision.LOOK_FOR_TARGETS, Set.of());
  }

  /** Has ASM follow each instruction's types through the class. */
  static void check(byte[] woven) {
    StringWriter faults = new StringWriter();
    CheckClassAdapter.verify(
        new ClassReader(woven),
        WovenClasses.class.getClassLoader(),
        false,
        new PrintWriter(faults, true));
    assertThat(faults.toString()).as("what ASM's verifier finds").isEmpty();
  }

  /** The class with its call sites linked by another class than the dispatcher. */
  static byte[] linkedBy(Class<?> stub, byte[] woven) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(woven)
        .accept(
            new ClassRemapper(
                writer,
                new SimpleRemapper(
                    OutlineReader.ASM,
                    Map.of(Bootstrap.DISPATCHER, stub.getName().replace('.', '/')))),
            0);
    return writer.toByteArray();
  }

  /** Checks a woven class and loads it, which has the JVM verify its frames. */
  static Class<?> load(byte[] woven, Class<?> stub) {
    check(woven);
    byte[] linked = linkedBy(stub, woven);
    String name = new ClassReader(linked).getClassName().replace('/', '.');
    Class<?> type = new Loader(Map.of(name, linked)).load(name);
    assertThat(type.getDeclaredMethods()).as("methods of the linked class").isNotEmpty();
    return type;
  }

  /** A loader of its own for a few classes; all others are its parent's. */
  static final class Loader extends ClassLoader {
    private final Map<String, byte[]> own;

    Loader(Map<String, byte[]> own) {
      super(WovenClasses.class.getClassLoader());
      this.own = own;
    }

    Class<?> load(String name) {
      try {
        return loadClass(name);
      } catch (ClassNotFoundException impossible) {
        throw new AssertionError(impossible);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        byte[] bytes = own.get(name);
        if (bytes == null) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? defineClass(name, bytes, 0, bytes.length) : known;
      }
    }
  }
}
