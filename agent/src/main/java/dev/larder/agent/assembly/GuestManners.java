/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.assembly;

import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites the calls by which a carried library would take what a JVM has once: the application's
 * log manager and its time zone; and its system properties, which are not meant for our copy of the
 * library.
 */
final class GuestManners {

  private static final String LOGGERS = "dev/larder/agent/guest/SystemLoggers";
  private static final String PROPERTIES = "dev/larder/agent/guest/SystemProperties";

  /** From the method that is called to the class whose method of the same name stands in for it. */
  private static final Map<String, String> STAND_INS =
      Map.of(
          "java/lang/System.getLogger(Ljava/lang/String;)Ljava/lang/System$Logger;", LOGGERS,
          "java/lang/System.getProperty(Ljava/lang/String;)Ljava/lang/String;", PROPERTIES,
          "java/lang/System.getProperty(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
              PROPERTIES,
          "java/lang/Boolean.getBoolean(Ljava/lang/String;)Z", PROPERTIES,
          "java/lang/Integer.getInteger(Ljava/lang/String;)Ljava/lang/Integer;", PROPERTIES,
          "java/lang/Integer.getInteger(Ljava/lang/String;I)Ljava/lang/Integer;", PROPERTIES,
          "java/lang/Long.getLong(Ljava/lang/String;J)Ljava/lang/Long;", PROPERTIES);

  /** Jackson's, which makes a format of the JDK's for dates as it is loaded. */
  private static final String DATES = "com/fasterxml/jackson/databind/util/StdDateFormat";

  private static final String FORMAT = "java/text/SimpleDateFormat";
  private static final String LATE_FORMAT = "dev/larder/agent/guest/LateDateFormat";

  private GuestManners() {}

  /** The class with such calls rewritten; the same bytes where it has none. */
  static byte[] teach(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    Teaching teaching = new Teaching(writer, reader.getClassName().equals(DATES));
    reader.accept(teaching, 0);
    return teaching.changed ? writer.toByteArray() : bytes;
  }

  private static final class Teaching extends ClassVisitor {
    private final boolean makesDates;
    private boolean changed;

    Teaching(ClassVisitor next, boolean makesDates) {
      super(Opcodes.ASM9, next);
      this.makesDates = makesDates;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, code) {
        @Override
        public void visitTypeInsn(int opcode, String type) {
          boolean isLate = opcode == Opcodes.NEW && isLate(type);
          changed |= isLate;
          super.visitTypeInsn(opcode, isLate ? LATE_FORMAT : type);
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          String standIn =
              switch (opcode) {
                case Opcodes.INVOKESTATIC -> STAND_INS.get(owner + "." + called + type);
                case Opcodes.INVOKESPECIAL -> isLate(owner) ? LATE_FORMAT : null;
                default -> null;
              };
          changed |= standIn != null;
          super.visitMethodInsn(
              opcode, standIn == null ? owner : standIn, called, type, isInterface);
        }
      };
    }

    private boolean isLate(String type) {
      return makesDates && type.equals(FORMAT);
    }
  }
}
