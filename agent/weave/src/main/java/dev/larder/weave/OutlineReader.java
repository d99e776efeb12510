/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads the {@link Outline} of a class file. */
final class OutlineReader extends ClassVisitor {

  static final int ASM = Opcodes.ASM9;

  private int version;
  private int access;
  private String name;
  private String superName;
  private List<String> interfaces = List.of();
  private String signature;
  private final List<Mark> annotations = new ArrayList<>();
  private final List<MethodOutline> methods = new ArrayList<>();

  private OutlineReader() {
    super(ASM);
  }

  static Outline read(byte[] bytes) {
    OutlineReader reader = new OutlineReader();
    new ClassReader(bytes).accept(reader, ClassReader.SKIP_FRAMES);
    return new Outline(
        reader.version,
        reader.access,
        reader.name,
        reader.superName,
        reader.interfaces,
        reader.signature,
        reader.annotations,
        CompilerMade.marked(reader.name, reader.methods));
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      String signature,
      String superName,
      String[] interfaces) {
    this.version = version & 0xFFFF;
    this.access = access;
    this.name = name;
    this.superName = superName;
    this.interfaces = List.of(interfaces);
    this.signature = signature;
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return new MarkReader(descriptor, annotations::add);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodReader(access, name, descriptor, signature);
  }

  private final class MethodReader extends MethodVisitor {
    private final int access;
    private final String name;
    private final String descriptor;
    private final String signature;
    private final List<Mark> annotations = new ArrayList<>();
    private final List<Integer> ignored = new ArrayList<>();
    private final List<String> declaredNames = new ArrayList<>();
    private final String[] slotNames;
    private String bridgeTo;

    MethodReader(int access, String name, String descriptor, String signature) {
      super(ASM);
      this.access = access;
      this.name = name;
      this.descriptor = descriptor;
      this.signature = signature;
      this.slotNames = new String[Type.getArgumentsAndReturnSizes(descriptor) >> 2];
    }

    @Override
    public void visitParameter(String parameter, int flags) {
      declaredNames.add(parameter);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return new MarkReader(descriptor, annotations::add);
    }

    @Override
    public AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      if (descriptor.equals(Annotations.IGNORE)) {
        ignored.add(parameter);
      }
      return null;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
      if ((access & Opcodes.ACC_BRIDGE) != 0 && called.equals(name)) {
        bridgeTo = calledDescriptor;
      }
    }

    @Override
    public void visitLocalVariable(
        String variable, String type, String signature, Label start, Label end, int index) {
      if (index < slotNames.length && slotNames[index] == null) {
        slotNames[index] = variable;
      }
    }

    @Override
    public void visitEnd() {
      methods.add(
          new MethodOutline(
              access,
              name,
              descriptor,
              signature,
              annotations,
              parameterNames(),
              ignored,
              bridgeTo));
    }

    /** From {@code -parameters}, else from debug information, else none. */
    private List<String> parameterNames() {
      Type[] types = Type.getArgumentTypes(descriptor);
      if (declaredNames.size() == types.length && !declaredNames.contains(null)) {
        return declaredNames;
      }
      String[] names = new String[types.length];
      int slot = (access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
      for (int i = 0; i < types.length; i++) {
        if (slot >= slotNames.length || slotNames[slot] == null) {
          return List.of();
        }
        names[i] = slotNames[slot];
        slot += types[i].getSize();
      }
      return Arrays.asList(names);
    }
  }

  /** Reads an annotation's attributes; of arrays those of annotations and of texts. */
  private static final class MarkReader extends AnnotationVisitor {
    private final String descriptor;
    private final Consumer<Mark> done;
    private final Map<String, Object> values = new LinkedHashMap<>();

    MarkReader(String descriptor, Consumer<Mark> done) {
      super(ASM);
      this.descriptor = descriptor;
      this.done = done;
    }

    @Override
    public void visit(String attribute, Object value) {
      values.put(attribute, value);
    }

    @Override
    public AnnotationVisitor visitArray(String attribute) {
      List<Object> elements = new ArrayList<>();
      values.put(attribute, elements);
      return new AnnotationVisitor(ASM) {
        @Override
        public void visit(String unnamed, Object value) {
          elements.add(value);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String unnamed, String nested) {
          return new MarkReader(nested, elements::add);
        }
      };
    }

    @Override
    public void visitEnd() {
      done.accept(new Mark(descriptor, values));
    }
  }
}
