/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.transaction.SpringTransactions;
import dev.larder.engine.transaction.Transactions;
import java.lang.invoke.MethodHandles;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spring's transactions around no resource at all, with a call by hand where the woven Spring has
 * one.
 */
final class TellingManager extends AbstractPlatformTransactionManager {

  private static final long serialVersionUID = 1L;

  private final transient SpringTransactions spring;

  @SuppressWarnings("ThreadLocalUsage") // each test has a manager of its own
  private final transient ThreadLocal<Object> current = new ThreadLocal<>();

  private transient boolean commitsFail;

  TellingManager() {
    try {
      spring =
          new SpringTransactions(
              MethodHandles.privateLookupIn(
                  TransactionSynchronizationManager.class, MethodHandles.lookup()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Spring is not as it was", e);
    }
  }

  /** From now on nobody knows how a commit has ended. */
  void failCommits() {
    commitsFail = true;
  }

  @Override
  protected Object doGetTransaction() {
    Transactions.springAsked();
    return new Object[] {current.get()};
  }

  @Override
  protected boolean isExistingTransaction(Object transaction) {
    boolean exists = ((Object[]) transaction)[0] != null;
    if (exists) {
      Transactions.springSuspends();
    }
    return exists;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    current.set(transaction);
  }

  @Override
  protected void prepareSynchronization(
      DefaultTransactionStatus status, TransactionDefinition definition) {
    super.prepareSynchronization(status, definition);
    if (status.isNewSynchronization()) {
      Transactions.springBegun(spring);
    }
  }

  @Override
  protected Object doSuspend(Object transaction) {
    Object suspended = current.get();
    current.remove();
    return suspended;
  }

  @Override
  protected void doResume(Object transaction, Object suspended) {
    current.set(suspended);
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    if (commitsFail) {
      throw new TransactionSystemException("the connection is gone");
    }
    Transactions.springCommitted();
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {}

  @Override
  protected void doSetRollbackOnly(DefaultTransactionStatus status) {}

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    current.remove();
    Transactions.springCleared();
  }
}
