/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What is written into the JDK's own classes, of the JDK that runs this test. */
class ServiceWeaverTest {

  @ParameterizedTest
  @EnumSource
  void service_ofThisJdk_isHandedOverWhereItIsGiven(Service service) throws IOException {
    byte[] bytes = bytesOf(service);

    List<String> calls = calls(ServiceWeaver.weave(service, bytes));

    assertThat(calls(bytes)).isEmpty();
    assertThat(calls).isNotEmpty().containsOnly(service.method);
    assertThat(Gate.givesService(null, service.owner)).isTrue();
    assertThat(Gate.givesService(getClass().getClassLoader(), service.owner)).isFalse();
    assertThat(Service.of(service.owner)).isEqualTo(service);
  }

  @ParameterizedTest
  @EnumSource
  void class_withoutTheMethod_isLeftAsItIs(Service service) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, service.owner, null, "java/lang/Object", null);
    writer.visitEnd();

    assertThat(ServiceWeaver.weave(service, writer.toByteArray())).isNull();
    assertThatThrownBy(() -> Service.of("java/lang/Object")).hasMessageContaining("Object");
  }

  private static byte[] bytesOf(Service service) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(service.owner + ".class")) {
      return in.readAllBytes();
    }
  }

  /** The methods that call the dispatcher. */
  private static List<String> calls(byte[] bytes) {
    List<String> calls = new ArrayList<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(OutlineReader.ASM) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(OutlineReader.ASM) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String name, String type, boolean isInterface) {
                    if (owner.equals(Bootstrap.DISPATCHER)) {
                      calls.add(method);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }
}
