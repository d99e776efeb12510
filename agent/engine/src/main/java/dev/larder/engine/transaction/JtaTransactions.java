/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

import dev.larder.engine.transaction.Transaction.Beginning;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The transactions of one implementation of JTA, {@code javax} or {@code jakarta}.
 *
 * <p>There is no standard place where a transaction manager is found: each container has its own
 * name in JNDI, and without a container there is none. So each becomes known when it is made or, if
 * Larder comes later, used, by calls woven into what implements {@code TransactionManager}, and is
 * then asked for the transaction of the thread. The moment of a beginning is noted at each {@code
 * begin}; where two of them could have meant a transaction, what it loads is not stored.
 *
 * <p>What belongs to an implementation hangs on its class, and managers and transactions are held
 * weakly, so that they go with the application's class loader.
 */
final class JtaTransactions {

  private static final List<String> MANAGERS_TYPES =
      List.of("jakarta.transaction.TransactionManager", "javax.transaction.TransactionManager");

  private static final int ACTIVE = 0;
  private static final int MARKED_ROLLBACK = 1;
  private static final int COMMITTED = 3;
  private static final int ROLLED_BACK = 4;

  /** More are not asked: those before them are of applications that were stopped, or will do. */
  private static final int MOST_MANAGERS = 8;

  private static final List<WeakReference<Object>> MANAGERS = new CopyOnWriteArrayList<>();
  private static final ThreadLocal<Begins> BEGINS = ThreadLocal.withInitial(Begins::new);

  private static final ClassValue<JtaTransactions> OF =
      new ClassValue<>() {
        @Override
        protected JtaTransactions computeValue(Class<?> manager) {
          try {
            Class<?> type = typeOf(manager);
            if (type == null) {
              throw new ClassNotFoundException(
                  manager.getName() + " implements no transaction manager");
            }
            return new JtaTransactions(type);
          } catch (ReflectiveOperationException | IllegalArgumentException failure) {
            Transactions.failed(failure);
            return new JtaTransactions();
          }
        }
      };

  private static final ClassValue<Boolean> IS_MANAGER =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return typeOf(type) != null;
        }
      };

  private final MethodHandle current;
  private final MethodHandle status;
  private final MethodHandle register;
  private final Class<?> synchronization;
  private final Map<Object, Transaction> known = Collections.synchronizedMap(new WeakHashMap<>());

  /** One that knows of no transaction. */
  private JtaTransactions() {
    this.current = null;
    this.status = null;
    this.register = null;
    this.synchronization = null;
  }

  private JtaTransactions(Class<?> type) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Method getTransaction = type.getMethod("getTransaction");
    Class<?> transaction = getTransaction.getReturnType();
    Method registration =
        Arrays.stream(transaction.getMethods())
            .filter(each -> each.getName().equals("registerSynchronization"))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException("registerSynchronization"));
    this.synchronization = registration.getParameterTypes()[0];
    this.current =
        lookup.unreflect(getTransaction).asType(MethodType.methodType(Object.class, Object.class));
    this.status =
        lookup
            .unreflect(transaction.getMethod("getStatus"))
            .asType(MethodType.methodType(int.class, Object.class));
    this.register =
        lookup
            .unreflect(registration)
            .asType(MethodType.methodType(void.class, Object.class, Object.class));
  }

  /** The interface of JTA's that a manager implements, itself or by one of its own; else null. */
  private static Class<?> typeOf(Class<?> manager) {
    for (Class<?> type = manager; type != null; type = type.getSuperclass()) {
      Class<?> found = among(type.getInterfaces());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Class<?> among(Class<?>[] interfaces) {
    for (Class<?> each : interfaces) {
      Class<?> found = MANAGERS_TYPES.contains(each.getName()) ? each : among(each.getInterfaces());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A transaction manager was made, or is used: it may have been made before Larder came. */
  static void met(Object manager) {
    for (WeakReference<Object> each : MANAGERS) {
      if (each.refersTo(manager)) {
        return;
      }
    }
    Transactions.use();
    MANAGERS.removeIf(each -> each.get() == null);
    if (MANAGERS.size() == MOST_MANAGERS) {
      MANAGERS.remove(0);
    }
    MANAGERS.add(new WeakReference<>(manager));
  }

  /** Somebody who may be a transaction manager is used: with Narayana its users begin alike. */
  static void metIfManager(Object manager) {
    if (IS_MANAGER.get(manager.getClass())) {
      met(manager);
    }
  }

  /**
   * The last beginning on a thread, until it is known which transaction it is of.
   *
   * <p>A manager may begin by another's {@code begin}, as WildFly's does by Narayana's: then the
   * outermost is the beginning.
   */
  private static final class Begins {
    private int running;
    private Beginning noted;
  }

  /** This thread is about to begin a transaction. */
  static void begins() {
    Transactions.use();
    Begins begins = BEGINS.get();
    if (begins.running++ == 0) {
      begins.noted = Beginning.now();
    }
  }

  /** It has begun it, or failed to. */
  static void begun() {
    Begins begins = BEGINS.get();
    if (begins.running > 0) {
      begins.running--;
    }
  }

  /**
   * A manager is about to suspend this thread's transaction, of which the last beginning is; unless
   * another manager is just beginning one by it, as WildFly's does, which has it from then on.
   */
  static void suspends(Object manager) {
    met(manager);
    Begins begins = BEGINS.get();
    if (begins.noted != null && begins.running == 0) {
      OF.get(manager.getClass()).of(manager, null);
    }
  }

  /**
   * The transaction of this thread; null where there is none.
   *
   * @param spring Spring's of this thread, which may be the one that began it; null for none
   */
  static Transaction current(Transaction spring) {
    for (WeakReference<Object> each : MANAGERS) {
      Object manager = each.get();
      Transaction found = manager == null ? null : OF.get(manager.getClass()).of(manager, spring);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Transaction of(Object manager, Transaction spring) {
    if (current == null) {
      return null;
    }
    try {
      Object outside = (Object) current.invokeExact(manager);
      if (outside == null) {
        return null;
      }
      Transaction found = known.get(outside);
      if (found != null) {
        return found;
      }
      int now = (int) status.invokeExact(outside);
      return now == ACTIVE || now == MARKED_ROLLBACK ? begun(outside, spring) : null;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Transaction begun(Object outside, Transaction spring) {
    Begins begins = BEGINS.get();
    Beginning noted = begins.noted;
    begins.noted = null;
    boolean readOnly =
        spring != null
            && noted != null
            && noted.began() - spring.began() >= 0
            && !spring.outside().mayWrite();
    // Of one whose beginning nobody has noted all that was ever removed may have come after it.
    Beginning beginning = noted == null ? new Beginning(-1, System.nanoTime() - AGES) : noted;
    Transaction made = new Transaction(new Side(outside, !readOnly), beginning);
    known.put(outside, made);
    return made.register();
  }

  /** Older than any load that is stored, in nanoseconds. */
  private static final long AGES = 3_600_000_000_000L;

  /** What one of JTA's transactions tells. */
  private final class Side implements Outside {
    private final WeakReference<Object> transaction;
    private final boolean mayWrite;

    Side(Object transaction, boolean mayWrite) {
      this.transaction = new WeakReference<>(transaction);
      this.mayWrite = mayWrite;
    }

    @Override
    public boolean isActive() {
      return true; // its manager was asked
    }

    @Override
    public boolean mayWrite() {
      return mayWrite;
    }

    @Override
    public void register(Transaction made) {
      Object proxy =
          Proxy.newProxyInstance(
              synchronization.getClassLoader(),
              new Class<?>[] {synchronization},
              new Synchronization(made));
      try {
        register.invokeExact(transaction.get(), proxy);
      } catch (Throwable refused) { // it is marked for rollback, or over
        throw new IllegalStateException(refused);
      }
    }
  }

  /** What the manager calls at a transaction's end. */
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
        case "afterCompletion" -> {
          end((int) arguments[0]);
          yield null;
        }
        default -> null;
      };
    }

    private void end(int status) {
      try {
        transaction.end(
            status == COMMITTED
                ? Outcome.COMMITTED
                : status == ROLLED_BACK ? Outcome.ROLLED_BACK : Outcome.UNKNOWN);
      } catch (RuntimeException | LinkageError failure) {
        Transactions.failed(failure);
      }
    }
  }
}
