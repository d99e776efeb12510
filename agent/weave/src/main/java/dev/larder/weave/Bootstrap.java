/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The call sites that woven code asks at, by name, and the one bootstrap method that links them.
 *
 * <p>A call site's type names no class of the application's: references travel as {@code Object},
 * since the JVM would load each class of the type when it links the site, which the application
 * might never have done.
 */
final class Bootstrap {

  /** {@code (receiver, arguments)Object}: the kept value; null to go on. */
  static final String HIT = "hit";

  /**
   * {@code (receiver, arguments)Object}: a ticket; null to run the body and think no more of it.
   */
  static final String MISS = "miss";

  /** {@code (ticket)boolean}: whether the ticket holds the answer. */
  static final String ANSWERED = "answered";

  /** {@code (ticket)Object}: the answer that the ticket holds. */
  static final String ANSWER = "answer";

  /** {@code (result, ticket)Object}: what the caller is to get. */
  static final String EXIT = "exit";

  /** {@code (failure, ticket)Object}: throws the failure, or gives what stands in for it. */
  static final String FAIL = "fail";

  static final String EXCHANGE_ENTER_SERVLET = "enterServlet";
  static final String EXCHANGE_ENTER_FILTER = "enterFilter";
  static final String EXCHANGE_ANSWERED = "exchangeAnswered";
  static final String EXCHANGE_REQUEST = "request";
  static final String EXCHANGE_RESPONSE = "response";
  static final String EXCHANGE_EXIT = "leave";

  /** {@code ()void}: Spring is asked for a transaction. */
  static final String TRANSACTION_ASKED = "transactionAsked";

  /** {@code ()void}: Spring has begun, or resumed, a transaction. */
  static final String TRANSACTION_BEGUN = "transactionBegun";

  /** {@code ()void}: Spring is about to suspend a transaction. */
  static final String TRANSACTION_SUSPENDS = "transactionSuspends";

  /** {@code ()void}: Spring has forgotten the thread's transaction. */
  static final String TRANSACTION_CLEARED = "transactionCleared";

  /** {@code ()void}: Spring has committed, and is about to tell who has asked for that. */
  static final String TRANSACTION_COMMITTED = "transactionCommitted";

  /** {@code (status)void}: a savepoint is set. */
  static final String TRANSACTION_SAVEPOINT = "transactionSavepoint";

  /** {@code (status)void}: what came after a savepoint is rolled back. */
  static final String TRANSACTION_BACK = "transactionBack";

  /** {@code ()void}: the same, for a savepoint that the application holds. */
  static final String TRANSACTION_BACK_ANYWHERE = "transactionBackAnywhere";

  /** {@code (manager)void}: a transaction manager of JTA's was made, or is asked. */
  static final String JTA_MANAGER = "jtaManager";

  /** {@code ()void} or {@code (manager)void}: JTA is about to begin a transaction. */
  static final String JTA_BEGINS = "jtaBegins";

  /** {@code ()void}: JTA has begun a transaction, or failed to. */
  static final String JTA_BEGUN = "jtaBegun";

  /** {@code (manager)void}: JTA is about to suspend a transaction. */
  static final String JTA_SUSPENDS = "jtaSuspends";

  /** The one class that the agent defines beside {@code Object}. */
  static final String DISPATCHER = "java/lang/LarderDispatcher";

  private static final Handle LINK =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          DISPATCHER,
          "link",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
          false);

  private Bootstrap() {}

  /** Writes a call; the constants tell the bootstrap method which target it is of. */
  static void call(MethodVisitor code, String name, String descriptor, Object... constants) {
    code.visitInvokeDynamicInsn(name, descriptor, LINK, constants);
  }

  /** A type as call sites have it: a primitive as it is, all else as {@code Object}. */
  static Type erased(Type type) {
    return type.getSort() < Type.ARRAY ? type : OBJECT;
  }

  static final Type OBJECT = Type.getObjectType("java/lang/Object");
}
