/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Spring's transactions, as one application's {@code TransactionSynchronizationManager} tells them.
 *
 * <p>It hangs on that class alone, by the call site that was woven into it, so that it goes with
 * the application's class loader.
 */
public final class SpringTransactions {

  private static final String ORDERED = "org.springframework.core.Ordered";

  private static final int COMMITTED = 0;
  private static final int ROLLED_BACK = 1;

  private final MethodHandle isActive;
  private final MethodHandle isReadOnly;
  private final MethodHandle register;
  private final Class<?>[] interfaces;
  private final ClassLoader loader;

  /**
   * Those of an application.
   *
   * @param manager a lookup in its {@code TransactionSynchronizationManager}
   */
  public SpringTransactions(MethodHandles.Lookup manager) throws ReflectiveOperationException {
    Class<?> type = manager.lookupClass();
    this.loader = type.getClassLoader();
    Class<?> synchronization =
        Class.forName(type.getPackageName() + ".TransactionSynchronization", false, loader);
    MethodType question = MethodType.methodType(boolean.class);
    this.isActive = manager.findStatic(type, "isActualTransactionActive", question);
    this.isReadOnly = manager.findStatic(type, "isCurrentTransactionReadOnly", question);
    this.register =
        manager
            .findStatic(
                type, "registerSynchronization", MethodType.methodType(void.class, synchronization))
            .asType(MethodType.methodType(void.class, Object.class));
    this.interfaces = new Class<?>[] {synchronization, Class.forName(ORDERED, false, loader)};
  }

  /** What a thread holds of it: a transaction that is never cleared must not keep the loader. */
  Outside held() {
    return new Held(new WeakReference<>(this));
  }

  private record Held(WeakReference<SpringTransactions> spring) implements Outside {
    @Override
    public boolean isActive() {
      SpringTransactions there = spring.get();
      return there != null && ask(there.isActive);
    }

    @Override
    public boolean mayWrite() {
      SpringTransactions there = spring.get();
      return there == null || !ask(there.isReadOnly);
    }

    @Override
    public void register(Transaction transaction) {
      SpringTransactions there = spring.get();
      if (there != null) {
        there.register(transaction);
      }
    }
  }

  private static boolean ask(MethodHandle question) {
    try {
      return (boolean) question.invokeExact();
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void register(Transaction transaction) {
    Object synchronization =
        Proxy.newProxyInstance(loader, interfaces, new Synchronization(transaction));
    try {
      register.invokeExact(synchronization);
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What Spring calls at the turns of a transaction. */
  private static final class Synchronization implements InvocationHandler {
    private final Transaction transaction;

    Synchronization(Transaction transaction) {
      this.transaction = transaction;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        case "toString" -> "Larder's synchronization";
        case "getOrder" ->
            Integer.MIN_VALUE; // before those of the application, which may ask for values
        default -> {
          tell(method.getName(), arguments);
          yield null;
        }
      };
    }

    private void tell(String event, Object[] arguments) {
      try {
        switch (event) {
          case "suspend" -> Transactions.springSuspended(transaction);
          case "resume" -> Transactions.springResumed(transaction);
          case "afterCommit" -> transaction.end(Outcome.COMMITTED);
          case "afterCompletion" -> transaction.end(outcome((int) arguments[0]));
          default -> {}
        }
      } catch (RuntimeException | LinkageError failure) {
        Transactions.failed(failure);
      }
    }

    private static Outcome outcome(int status) {
      return switch (status) {
        case COMMITTED -> Outcome.COMMITTED;
        case ROLLED_BACK -> Outcome.ROLLED_BACK;
        default -> Outcome.UNKNOWN;
      };
    }
  }
}
