/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Puts the names of parameters back into the bytes of a class that is transformed again.
 *
 * <p>Older JVMs leave the attribute {@code MethodParameters} out of these bytes (JDK-8240908), and
 * forget it with the transformation: reflection does not find the names any more, and a framework
 * that binds requests by them fails from then on. They are read from the class file anew.
 */
final class ParameterNames {

  /** On newer JVMs than this the bytes are whole. */
  private static final int LAST_TO_FORGET = 20;

  private static final boolean FORGETS = Runtime.version().feature() <= LAST_TO_FORGET;

  private static final byte[] ATTRIBUTE = "MethodParameters".getBytes(StandardCharsets.US_ASCII);

  private ParameterNames() {}

  private record Parameter(String name, int access) {}

  /**
   * The bytes of a loaded class with the names that its class file has.
   *
   * @param name the internal name
   * @return the same bytes where there is nothing to put back
   */
  static byte[] restored(ClassLoader loader, String name, byte[] bytes) {
    if (!FORGETS || !isIn(bytes) || hasAny(read(bytes))) {
      return bytes;
    }
    byte[] file = ClassFiles.read(loader, name);
    Map<String, List<Parameter>> names = file == null ? Map.of() : read(file);
    return hasAny(names) ? restored(bytes, names) : bytes;
  }

  private static boolean hasAny(Map<String, List<Parameter>> names) {
    return names.values().stream().anyMatch(parameters -> !parameters.isEmpty());
  }

  /** Whether the constants name the attribute, which they do also where it was left out. */
  private static boolean isIn(byte[] bytes) {
    int last = bytes.length - ATTRIBUTE.length;
    for (int i = 0, same = 0; i <= last; i++, same = 0) {
      while (same < ATTRIBUTE.length && bytes[i + same] == ATTRIBUTE[same]) {
        same++;
      }
      if (same == ATTRIBUTE.length) {
        return true;
      }
    }
    return false;
  }

  /** By the method's name and descriptor. */
  private static Map<String, List<Parameter>> read(byte[] file) {
    Map<String, List<Parameter>> all = new HashMap<>();
    ClassVisitor methods =
        new ClassVisitor(OutlineReader.ASM) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            List<Parameter> parameters = new ArrayList<>();
            all.put(name + descriptor, parameters);
            return new MethodVisitor(OutlineReader.ASM) {
              @Override
              public void visitParameter(String parameter, int flags) {
                parameters.add(new Parameter(parameter, flags));
              }
            };
          }
        };
    new ClassReader(file).accept(methods, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
    return all;
  }

  private static byte[] restored(byte[] bytes, Map<String, List<Parameter>> names) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    ClassVisitor methods =
        new ClassVisitor(OutlineReader.ASM, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method =
                super.visitMethod(access, name, descriptor, signature, exceptions);
            List<Parameter> parameters = names.getOrDefault(name + descriptor, List.of());
            if (parameters.isEmpty()) {
              return method;
            }
            for (Parameter each : parameters) {
              method.visitParameter(each.name(), each.access());
            }
            return new MethodVisitor(OutlineReader.ASM, method) {}; // else it is copied as it is
          }
        };
    reader.accept(methods, 0);
    return writer.toByteArray();
  }
}
