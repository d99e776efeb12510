/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.OwnRemovals;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.transaction.Outcome;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import dev.larder.engine.transaction.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one transaction that may write has loaded, put and removed, and what becomes of that when it
 * ends.
 *
 * <p>After a commit first everything is removed that was, then what was put and not removed again
 * is stored, and last what was loaded and has nothing to do with either. Each of them still asks
 * whether anybody else has removed it since the transaction began.
 */
final class TransactionWork implements Work {

  private final List<Step> steps = new ArrayList<>();
  private final OwnRemovals own = new OwnRemovals();
  private Touched touched = new Touched();
  private boolean unusual;
  private boolean ended;

  /** One thing that waits. */
  private sealed interface Step {}

  private record Removing(EntryRemovals removals, Removal removal) implements Step {}

  /**
   * What a put gave.
   *
   * @param tags of what it stores
   */
  record Putting(NamedCache cache, String key, List<String> tags, Later later) implements Step {

    /** Whether any of what follows it leaves nothing of it under its key. */
    boolean isRemovedBy(Set<Removal> behind) {
      return behind.contains(new Removal.OfAll())
          || behind.contains(new Removal.OfCache(cache.name))
          || behind.contains(removalOfKey());
    }

    /** Itself, or what only removes where one of its tags is removed behind it. */
    Putting before(Set<Removal> behind) {
      for (String tag : tags) {
        if (behind.contains(new Removal.OfTag(tag))) {
          return inDoubt();
        }
      }
      return this;
    }

    /** What removes in its place. */
    Putting inDoubt() {
      return new Putting(cache, key, List.of(), new Removed(later));
    }

    Removal.OfKey removalOfKey() {
      return new Removal.OfKey(cache.name, key);
    }
  }

  /** What a load gave. */
  record Loading(NamedCache cache, Attributes target, Object key, List<String> tags, Later later)
      implements Step {}

  /** An entry that is to be stored, or not. */
  interface Later {

    /**
     * Stores it where that is still right; a put removes what there is where it is not.
     *
     * @param own the removals of its transaction, which do not stand against a put behind them
     */
    void store(OwnRemovals own);

    /** Removes what there is in its place; a load does not have to. */
    void remove();

    /** Forgets it. */
    void drop();
  }

  /** The work of a transaction; null where it is over. */
  private static TransactionWork of(Transaction transaction) {
    return (TransactionWork) transaction.work(TransactionWork::new);
  }

  /** Whether this call is to be as if there were no cache. */
  static boolean hides(Transaction transaction, NamedCache cache, Attributes target, Object key) {
    if (transaction.outcome() != null) {
      return true; // what follows may be rolled back, or left to nobody
    }
    return transaction.work() instanceof TransactionWork work
        && work.hasTouched(cache, target, key);
  }

  /** Whether an entry is not to be read, though its key has not been touched. */
  static boolean hides(Transaction transaction, Entry entry) {
    return transaction.mayWrite()
        && (entry.hasEntities()
            || (transaction.work() instanceof TransactionWork work
                && work.hasTouched(entry.tags())));
  }

  /** Whether what this thread reads from a cache may have been touched by its transaction. */
  static boolean isUnusualHere() {
    Transaction transaction = Transactions.current();
    return transaction != null
        && (transaction.outcome() != null
            || (transaction.work() instanceof TransactionWork work && work.isUnusual()));
  }

  /** Removes at once, and once more after the commit of this thread's transaction. */
  static long removeAtOnce(EntryRemovals removals, Removal removal) {
    return removeAtOnce(removals, removal, Transactions.current());
  }

  /** The same for a transaction; null for none. */
  static long removeAtOnce(EntryRemovals removals, Removal removal, Transaction transaction) {
    TransactionWork work = ofWriting(transaction);
    return work != null && work.add(new Removing(removals, removal))
        ? work.own.by(() -> removal.by(removals))
        : removal.by(removals);
  }

  /** Lets a removal wait; false where nothing is to be waited for. */
  static boolean later(EntryRemovals removals, Removal removal, Transaction transaction) {
    TransactionWork work = ofWriting(transaction);
    return work != null && work.add(new Removing(removals, removal));
  }

  private static TransactionWork ofWriting(Transaction transaction) {
    return transaction == null || !transaction.mayWrite() ? null : of(transaction);
  }

  /** Lets what a put gave wait; false where nothing is to be waited for. */
  static boolean put(Transaction transaction, Putting putting) {
    TransactionWork work = ofWriting(transaction);
    return work != null && work.add(putting);
  }

  /** Lets what a load gave wait; false where nothing is to be waited for. */
  static boolean load(Transaction transaction, Loading loading) {
    TransactionWork work = ofWriting(transaction);
    return work != null && work.add(loading);
  }

  private synchronized boolean add(Step step) {
    if (ended) {
      return false;
    }
    steps.add(step);
    touch(step);
    return true;
  }

  private void touch(Step step) {
    if (step instanceof Removing removing) {
      touched.add(removing.removal());
    } else if (step instanceof Putting putting) {
      touched.addKey(putting.cache().name, putting.key());
    } else {
      return;
    }
    if (!unusual) {
      unusual = true;
      ThreadMode.touched(1);
    }
  }

  private synchronized boolean hasTouched(NamedCache cache, Attributes target, Object key) {
    return touched.hasKey(cache, target, key);
  }

  private synchronized boolean hasTouched(List<String> tags) {
    return touched.hasTag(tags);
  }

  private synchronized boolean isUnusual() {
    return unusual;
  }

  @Override
  public synchronized int size() {
    return steps.size();
  }

  @Override
  public synchronized void backTo(int size) {
    while (steps.size() > size) {
      drop(steps.remove(steps.size() - 1));
    }
    touched = new Touched();
    steps.forEach(this::touch);
  }

  @Override
  public synchronized void doubt() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Putting putting) {
        steps.set(i, putting.inDoubt());
      } else if (steps.get(i) instanceof Loading loading) {
        loading.later().drop();
        steps.remove(i--);
      }
    }
  }

  /** A put that removes. */
  private record Removed(Later put) implements Later {
    @Override
    public void store(OwnRemovals own) {
      put.remove();
    }

    @Override
    public void remove() {
      put.remove();
    }

    @Override
    public void drop() {
      put.drop();
    }
  }

  private static void drop(Step step) {
    if (step instanceof Putting putting) {
      putting.later().drop();
    } else if (step instanceof Loading loading) {
      loading.later().drop();
    }
  }

  @Override
  public void end(Outcome outcome) {
    synchronized (this) {
      ended = true;
      if (unusual) {
        ThreadMode.touched(-1);
      }
    }
    if (outcome == Outcome.ROLLED_BACK) {
      steps.forEach(TransactionWork::drop);
    } else {
      act(outcome == Outcome.COMMITTED);
    }
  }

  private void act(boolean committed) {
    Map<Removal.OfKey, Putting> puts = puts();
    Set<Removal> done = new LinkedHashSet<>();
    own.committed();
    for (Step step : steps) {
      if (step instanceof Removing removing) {
        boolean putLater = removing.removal() instanceof Removal.OfKey key && puts.containsKey(key);
        if (!putLater && done.add(removing.removal())) {
          attempt(() -> own.by(() -> removing.removal().by(removing.removals())));
        }
      }
    }
    for (Putting putting : puts.values()) {
      Later later = putting.later();
      attempt(committed ? () -> later.store(own) : later::remove);
    }
    for (Step step : steps) {
      if (step instanceof Loading loading) {
        if (committed
            && !touched.hasKey(loading.cache(), loading.target(), loading.key())
            && !touched.hasTag(loading.tags())) {
          attempt(() -> loading.later().store(own));
        } else {
          attempt(loading.later()::drop);
        }
      }
    }
  }

  /** What fails hinders nothing of what is left. */
  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | LinkageError failure) {
      Transactions.failed(failure);
    }
  }

  /** The last put of each key, unless what it gave was removed after it. */
  private Map<Removal.OfKey, Putting> puts() {
    Deque<Putting> last = new ArrayDeque<>();
    Set<Removal> behind = new HashSet<>(); // a put takes the place of what its key had
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i) instanceof Removing removing) {
        behind.add(removing.removal());
      } else if (steps.get(i) instanceof Putting putting) {
        if (putting.isRemovedBy(behind)) {
          putting.later().drop();
        } else {
          behind.add(putting.removalOfKey());
          last.addFirst(putting.before(behind));
        }
      }
    }
    Map<Removal.OfKey, Putting> puts = new LinkedHashMap<>();
    last.forEach(putting -> puts.put(putting.removalOfKey(), putting));
    return puts;
  }
}
