/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.slf4j.LoggerFactory;

/**
 * What classes tell that are compiled for Java 5 or 6, whose class files know no call sites: a
 * plain call with the name of the site, the class and, where the site takes it, the receiver.
 * Transaction managers that are still in use are among them.
 *
 * <p>What is linked hangs on the class, and goes with it.
 */
public final class PlainTelling {

  /** The question by which the call comes here. */
  public static final String REQUEST = "told";

  /** The oldest class files that know a class as a constant. */
  static final int OLDEST = Opcodes.V1_5;

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();
  private static final MethodType OF_RECEIVER = MethodType.methodType(void.class, Object.class);

  /** By the site's name. */
  private final ClassValue<ConcurrentMap<String, MethodHandle>> sites =
      new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, MethodHandle> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** Writes the call. */
  static void call(MethodVisitor code, String site, String owner, boolean withReceiver) {
    code.visitLdcInsn(REQUEST);
    code.visitInsn(withReceiver ? Opcodes.ICONST_3 : Opcodes.ICONST_2);
    code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
    code.visitInsn(Opcodes.DUP);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitLdcInsn(site);
    code.visitInsn(Opcodes.AASTORE);
    code.visitInsn(Opcodes.DUP);
    code.visitInsn(Opcodes.ICONST_1);
    code.visitLdcInsn(Type.getObjectType(owner));
    code.visitInsn(Opcodes.AASTORE);
    if (withReceiver) {
      code.visitInsn(Opcodes.DUP);
      code.visitInsn(Opcodes.ICONST_2);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitInsn(Opcodes.AASTORE);
    }
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Bootstrap.DISPATCHER,
        "call",
        "(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    code.visitInsn(Opcodes.POP);
  }

  /** Takes what such a call brings. */
  public void tell(Object[] arguments) {
    Class<?> teller = (Class<?>) arguments[1];
    Object receiver = arguments.length > 2 ? arguments[2] : null;
    MethodHandle site =
        sites
            .get(teller)
            .computeIfAbsent(
                (String) arguments[0], name -> site(teller, name, arguments.length > 2));
    try {
      site.invokeExact(receiver);
    } catch (Throwable failure) { // its own are caught within
      throw new IllegalStateException(failure);
    }
  }

  private static MethodHandle site(Class<?> teller, String name, boolean withReceiver) {
    MethodType type = withReceiver ? OF_RECEIVER : MethodType.methodType(void.class);
    try {
      MethodHandle site =
          TransactionSites.of(MethodHandles.privateLookupIn(teller, HERE), name, type);
      if (site == null) {
        throw new NoSuchMethodException("no call site of a transaction is named " + name);
      }
      return withReceiver ? site : MethodHandles.dropArguments(site, 0, Object.class);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
      LoggerFactory.getLogger(PlainTelling.class)
          .warn("transactions of {} cannot be followed ({})", teller.getName(), failure.toString());
      return MethodHandles.empty(OF_RECEIVER);
    }
  }
}
