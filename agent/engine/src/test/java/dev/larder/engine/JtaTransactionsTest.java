/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.Probe.Repository;
import dev.larder.engine.transaction.Transactions;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

final class JtaTransactionsTest {

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();
  private final Repository repository =
      probe.new Repository("c", id -> "value " + id + " of run " + runs.incrementAndGet());
  private final Manager manager = new Manager();

  /** As Open Liberty and GlassFish have one between theirs and JTA's. */
  private interface ServersManager extends TransactionManager {}

  /** JTA's, with calls by hand where a woven one has them. */
  private static class Manager implements ServersManager {
    @SuppressWarnings("ThreadLocalUsage") // each test has a manager of its own
    private final ThreadLocal<One> current = new ThreadLocal<>();

    Manager() {
      this(true);
    }

    Manager(boolean tells) {
      if (tells) {
        Transactions.jtaManager(this);
      }
    }

    @Override
    public void begin() {
      Transactions.jtaBegins();
      current.set(new One());
      Transactions.jtaBegun();
    }

    @Override
    public void commit() {
      end(Status.STATUS_COMMITTED);
    }

    @Override
    public void rollback() {
      end(Status.STATUS_ROLLEDBACK);
    }

    void end(int status) {
      One ending = current.get();
      ending.status = status;
      ending.synchronizations.forEach(each -> each.afterCompletion(status));
      current.remove();
    }

    @Override
    public int getStatus() {
      return current.get() == null ? Status.STATUS_NO_TRANSACTION : current.get().status;
    }

    @Override
    public Transaction getTransaction() {
      return current.get();
    }

    @Override
    public Transaction suspend() {
      Transactions.jtaSuspends(this);
      One suspended = current.get();
      current.remove();
      return suspended;
    }

    @Override
    public void resume(Transaction suspended) {
      current.set((One) suspended);
    }

    @Override
    public void setRollbackOnly() {
      current.get().setRollbackOnly();
    }

    @Override
    public void setTransactionTimeout(int seconds) {}
  }

  /** Tells of itself as it begins a transaction, and not before. */
  private static final class Before extends Manager {
    Before() {
      super(false);
    }

    @Override
    public void begin() {
      Transactions.jtaBegins(this);
      super.begin();
      Transactions.jtaBegun();
    }
  }

  /** One transaction of the manager's. */
  private static class One implements Transaction {
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private int status = Status.STATUS_ACTIVE;

    @Override
    public void registerSynchronization(Synchronization synchronization) throws RollbackException {
      if (status == Status.STATUS_MARKED_ROLLBACK) {
        throw new RollbackException();
      }
      synchronizations.add(synchronization);
    }

    @Override
    public int getStatus() {
      return status;
    }

    @Override
    public void setRollbackOnly() {
      status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public void commit() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rollback() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean enlistResource(XAResource resource) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean delistResource(XAResource resource, int flag) {
      throw new UnsupportedOperationException();
    }
  }

  /** Begins by another's, which it has without that until it ends it, as WildFly's does. */
  private static final class Client implements TransactionManager {
    private final Manager inner;

    @SuppressWarnings("ThreadLocalUsage") // each test has a manager of its own
    private final ThreadLocal<Handed> current = new ThreadLocal<>();

    /** What it gives for a transaction. */
    private static final class Handed extends One {
      private final Transaction own;

      Handed(Transaction own) {
        this.own = own;
      }
    }

    Client(Manager inner) {
      this.inner = inner;
      Transactions.jtaManager(this);
    }

    @Override
    public void begin() {
      Transactions.jtaBegins();
      inner.begin();
      current.set(new Handed(inner.suspend()));
      Transactions.jtaBegun();
    }

    @Override
    public void commit() {
      Handed ending = current.get();
      inner.resume(ending.own);
      inner.commit();
      ((One) ending).status = Status.STATUS_COMMITTED;
      ((One) ending)
          .synchronizations.forEach(each -> each.afterCompletion(Status.STATUS_COMMITTED));
      current.remove();
    }

    @Override
    public Transaction getTransaction() {
      return current.get();
    }

    @Override
    public int getStatus() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(Transaction suspended) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rollback() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setRollbackOnly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setTransactionTimeout(int seconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Transaction suspend() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void load_inATransactionThatOneManagerBeginsByAnother_isThereAfterTheCommit() {
    Client client = new Client(manager);
    client.begin();
    repository.find(1);
    assertThat(entries()).isZero();
    client.commit();
    assertThat(entries()).isOne();
  }

  /** As one that was made before Larder was attached: its constructor has told nothing. */
  @Test
  void load_inATransactionOfAManagerThatWasThereBefore_isThereAfterTheCommit() {
    Before before = new Before();
    before.begin();
    repository.find(1);
    assertThat(entries()).isZero();
    before.end(Status.STATUS_ROLLEDBACK);
    assertThat(entries()).isZero();
  }

  @Test
  void load_isThereAfterTheCommit_notAfterARollback() {
    manager.begin();
    repository.find(1);
    assertThat(entries()).isZero();
    manager.commit();
    assertThat(entries()).isOne();

    manager.begin();
    repository.find(2);
    manager.rollback();
    assertThat(entries()).isOne();
  }

  @Test
  void load_whereTheOutcomeIsUnknown_isNotStored() {
    manager.begin();
    repository.find(1);
    manager.end(Status.STATUS_UNKNOWN);

    assertThat(entries()).isZero();
  }

  @Test
  void outerTransaction_suspendedBeforeItsFirstCall_keepsItsBeginning() {
    repository.find(7); // so that its keys are known
    probe.engine.clear("c");
    manager.begin();
    Transaction outer = manager.suspend();
    probe.engine.evict("c", 1);
    manager.begin();
    repository.find(2);
    manager.commit();
    manager.resume(outer);
    repository.find(1);
    manager.commit();

    assertThat(entries()).as("of the inner one alone").isOne();
  }

  @Test
  void transaction_markedForRollback_storesNothing() {
    manager.begin();
    manager.setRollbackOnly();
    repository.find(1);
    manager.rollback();

    assertThat(entries()).isZero();
  }

  private long entries() {
    return probe.engine.figures("c")[10];
  }
}
