/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts the two questions before a target's body and the two answers behind it:
 *
 * <pre>
 *   value = hit(receiver, arguments);
 *   if (value == null) {
 *     ticket = miss(receiver, arguments);
 *     if (!answered(ticket)) {
 *       try {
 *         … the body, each of its returns as: return exit(result, ticket) …
 *       } catch (Throwable failure) {
 *         return fail(failure, ticket);
 *       }
 *     }
 *     value = answer(ticket);
 *   }
 *   return value;
 * </pre>
 *
 * <p>Each question is a call site of its own. The hit is constant and small, so that the compiler
 * inlines it with what it looks up, while all that is rare lies behind the miss. The class gets
 * neither a field nor a method, and the body stays in its method: stack traces, caller-sensitive
 * methods and monitors see what they always saw, and other agents may retransform the class.
 *
 * <p>Against that stands that frames have to be kept in step, which costs one local variable, the
 * ticket. The alternatives were to call the method again for a miss with a mark on the thread (two
 * frames for each level of a recursion, and a thread-local read on every hit) and to move the body
 * to a method of its own (which no class that is loaded can get).
 */
final class TargetWeaver extends RoomForTicket {

  private final TargetSpec spec;
  private final String constant;
  private final String owner;
  private final Type[] parameters;
  private final Type returned;
  private final Label bodyStart = new Label();
  private final int ticket;

  TargetWeaver(int access, MethodVisitor code, String owner, TargetSpec spec) {
    super(access, spec.descriptor(), code);
    this.spec = spec;
    this.constant = spec.encode();
    this.owner = owner;
    this.parameters = Type.getArgumentTypes(spec.descriptor());
    this.returned = Type.getReturnType(spec.descriptor());
    this.ticket = ticket(access, spec.descriptor());
  }

  @Override
  public void visitCode() {
    super.visitCode();
    Label give = new Label();
    Label body = new Label();
    boolean gives = returned.getSort() != Type.VOID;
    if (gives) { // also where the calls only evict: another configuration may look them up
      ask(Bootstrap.HIT);
      mv.visitInsn(Opcodes.DUP);
      mv.visitJumpInsn(Opcodes.IFNONNULL, give);
      mv.visitInsn(Opcodes.POP);
    }
    ask(Bootstrap.MISS);
    mv.visitVarInsn(Opcodes.ASTORE, ticket);
    if (gives) {
      mv.visitVarInsn(Opcodes.ALOAD, ticket);
      call(Bootstrap.ANSWERED, Type.BOOLEAN_TYPE, Bootstrap.OBJECT);
      mv.visitJumpInsn(Opcodes.IFEQ, body);
      mv.visitVarInsn(Opcodes.ALOAD, ticket);
      call(Bootstrap.ANSWER, Bootstrap.OBJECT, Bootstrap.OBJECT);
      mv.visitLabel(give);
      Object[] locals = parameterFrame();
      mv.visitFrame(
          Opcodes.F_NEW,
          locals.length,
          locals,
          1,
          new Object[] {Bootstrap.OBJECT.getInternalName()});
      returnObject();
      mv.visitLabel(body);
      Object[] withTicket = Arrays.copyOf(locals, locals.length + MOVED);
      withTicket[locals.length] = Opcodes.TOP;
      withTicket[locals.length + 1] = Bootstrap.OBJECT.getInternalName();
      mv.visitFrame(Opcodes.F_NEW, withTicket.length, withTicket, 0, new Object[0]);
    }
    mv.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
    mv.visitLabel(bodyStart);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      mv.visitVarInsn(Opcodes.ALOAD, ticket);
      if (opcode == Opcodes.RETURN) {
        call(Bootstrap.EXIT, Type.VOID_TYPE, Bootstrap.OBJECT);
      } else {
        Type erased = Bootstrap.erased(returned);
        call(Bootstrap.EXIT, erased, erased, Bootstrap.OBJECT);
        castReference();
      }
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    Label bodyEnd = new Label();
    mv.visitLabel(bodyEnd);
    mv.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, "java/lang/Throwable");
    Object[] locals = new Object[ticket + 1];
    Arrays.fill(locals, Opcodes.TOP); // the body may have used the parameters' places for its own
    locals[ticket] = Bootstrap.OBJECT.getInternalName();
    mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
    mv.visitVarInsn(Opcodes.ALOAD, ticket);
    call(
        Bootstrap.FAIL,
        Bootstrap.erased(returned),
        Type.getObjectType("java/lang/Throwable"),
        Bootstrap.OBJECT);
    castReference();
    mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    super.visitMaxs(maxStack, maxLocals);
  }

  /** Calls a site with the receiver, if there is one, and all arguments. */
  private void ask(String site) {
    List<Type> types = new ArrayList<>();
    int slot = 0;
    if (!spec.isStatic()) {
      mv.visitVarInsn(Opcodes.ALOAD, slot++);
      types.add(Bootstrap.OBJECT);
    }
    for (Type parameter : parameters) {
      mv.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
      slot += parameter.getSize();
      types.add(Bootstrap.erased(parameter));
    }
    call(site, Bootstrap.OBJECT, types.toArray(new Type[0]));
  }

  private void call(String site, Type result, Type... arguments) {
    Bootstrap.call(mv, site, Type.getMethodDescriptor(result, arguments), constant);
  }

  /** Returns the object on the stack as what the method declares. */
  private void returnObject() {
    Box box = Box.of(returned);
    if (box == null) {
      castReference();
    } else {
      mv.visitTypeInsn(Opcodes.CHECKCAST, box.className);
      mv.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          box.className,
          box.unboxing,
          Type.getMethodDescriptor(returned),
          false);
    }
    mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
  }

  private void castReference() {
    if (returned.getSort() >= Type.ARRAY && !returned.equals(Bootstrap.OBJECT)) {
      mv.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    }
  }

  /** The locals at the method's entry, as a frame describes them. */
  private Object[] parameterFrame() {
    List<Object> locals = new ArrayList<>();
    if (!spec.isStatic()) {
      locals.add(owner);
    }
    for (Type parameter : parameters) {
      locals.add(frameType(parameter));
    }
    return locals.toArray();
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }

  /** The class that holds a primitive, and how it gives it. */
  private enum Box {
    BOOLEAN(Type.BOOLEAN, "java/lang/Boolean", "booleanValue"),
    BYTE(Type.BYTE, "java/lang/Byte", "byteValue"),
    CHAR(Type.CHAR, "java/lang/Character", "charValue"),
    SHORT(Type.SHORT, "java/lang/Short", "shortValue"),
    INT(Type.INT, "java/lang/Integer", "intValue"),
    LONG(Type.LONG, "java/lang/Long", "longValue"),
    FLOAT(Type.FLOAT, "java/lang/Float", "floatValue"),
    DOUBLE(Type.DOUBLE, "java/lang/Double", "doubleValue");

    private final int sort;
    private final String className;
    private final String unboxing;

    Box(int sort, String className, String unboxing) {
      this.sort = sort;
      this.className = className;
      this.unboxing = unboxing;
    }

    static Box of(Type type) {
      for (Box box : values()) {
        if (box.sort == type.getSort()) {
          return box;
        }
      }
      return null;
    }
  }
}
