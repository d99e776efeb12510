/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

import dev.larder.engine.transaction.Transaction.Beginning;
import org.slf4j.LoggerFactory;

/**
 * The transaction of each thread, and what the woven methods of those who run transactions tell.
 *
 * <p>A transaction's beginning has to be noted by the one who begins it: a snapshot of the database
 * may be older than the first call of a target in it. Spring tells of synchronisation when the
 * transaction runs already, so the moment is taken where one is asked for ({@link #springAsked}),
 * and given to the transaction that then begins ({@link #springBegun}); of JTA see {@link
 * JtaTransactions}.
 *
 * <p>Until an application has begun its first transaction all this costs a call the reading of one
 * field.
 */
public final class Transactions {

  /** Whether there has been a transaction, so that removals have to leave their moment behind. */
  private static volatile boolean used;

  private static final ThreadLocal<Beginning> ASKED = new ThreadLocal<>();
  private static final ThreadLocal<Transaction> SPRING = new ThreadLocal<>();

  private Transactions() {}

  /** Whether any transaction has begun in this JVM. */
  public static boolean areUsed() {
    return used;
  }

  /** The transaction of this thread; null where there is none. */
  public static Transaction current() {
    return used ? find() : null;
  }

  private static Transaction find() {
    Transaction spring = SPRING.get();
    if (spring != null && !spring.outside().isActive()) {
      spring = null;
    }
    // First whoever really runs it: Spring's may be a skin around JTA's.
    Transaction jta = JtaTransactions.current(spring);
    return jta != null ? jta : spring == null ? null : spring.register();
  }

  /** Notes that transactions are in use, before the moment of the first one's beginning. */
  static void use() {
    if (!used) {
      used = true;
    }
  }

  /** Spring was asked for a transaction. */
  public static void springAsked() {
    use();
    ASKED.set(Beginning.now());
  }

  /** Spring has begun a transaction, or resumed one; whichever it is, it is synchronised now. */
  public static void springBegun(SpringTransactions spring) {
    use();
    Beginning asked = ASKED.get();
    ASKED.remove();
    SPRING.set(new Transaction(spring.held(), asked == null ? Beginning.now() : asked));
  }

  /** Spring is about to suspend what this thread runs: it will tell that again if it knows it. */
  public static void springSuspends() {
    Transaction transaction = SPRING.get();
    if (transaction != null && transaction.outside().isActive()) {
      transaction.register();
    }
  }

  /**
   * Spring has committed this thread's transaction. One that nobody has asked for yet hears of that
   * here alone: what is called until Spring forgets it is called in no transaction that will end.
   */
  public static void springCommitted() {
    Transaction transaction = SPRING.get();
    if (transaction != null) {
      transaction.endUnasked();
    }
  }

  /** Spring has forgotten this thread's transaction. */
  public static void springCleared() {
    SPRING.remove();
  }

  /** Spring has suspended a transaction. */
  static void springSuspended(Transaction transaction) {
    if (SPRING.get() == transaction) {
      SPRING.remove();
    }
  }

  /** Spring has resumed a transaction. */
  static void springResumed(Transaction transaction) {
    SPRING.set(transaction);
  }

  /** Spring sets a savepoint in this thread's transaction. */
  public static void savepoint(Object status) {
    Transaction transaction = SPRING.get();
    if (transaction != null) {
      transaction.savepoint(status);
    }
  }

  /** Spring goes back to the savepoint that a status holds, or to some other. */
  public static void backToSavepoint(Object status) {
    Transaction transaction = SPRING.get();
    if (transaction != null) {
      transaction.backTo(status);
    }
  }

  /** A transaction manager of JTA's was made. */
  public static void jtaManager(Object manager) {
    JtaTransactions.met(manager);
  }

  /** JTA is asked to begin a transaction. */
  public static void jtaBegins() {
    JtaTransactions.begins();
  }

  /** A manager of JTA's, or what begins for its user, is asked to begin a transaction. */
  public static void jtaBegins(Object manager) {
    JtaTransactions.metIfManager(manager);
    JtaTransactions.begins();
  }

  /** JTA has begun a transaction, or failed to. */
  public static void jtaBegun() {
    JtaTransactions.begun();
  }

  /** JTA is asked to suspend a transaction. */
  public static void jtaSuspends(Object manager) {
    JtaTransactions.suspends(manager);
  }

  /** Tells a failure of ours that must not reach the application's transaction. */
  public static void failed(Throwable failure) {
    LoggerFactory.getLogger(Transactions.class)
        .error("a transaction could not be followed; what it caches may be missing", failure);
  }
}
