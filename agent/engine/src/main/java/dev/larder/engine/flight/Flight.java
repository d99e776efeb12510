/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Circles.Run;
import dev.larder.engine.flight.Flights.Answer;
import dev.larder.engine.transaction.Transaction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One running load of one key, led by the thread that made it.
 *
 * <p>Nearly all flights land before anybody has joined them. So what only followers need is made by
 * the first of them, and the load is the flight itself: while the flight is found by its key, so is
 * the load, and it needs no place of its own among {@link Loads}.
 */
public final class Flight extends Loads.Load {

  private static final VarHandle TOLD;
  private static final VarHandle LEADER;

  static {
    try {
      TOLD = MethodHandles.lookup().findVarHandle(Flight.class, "told", Object.class);
      LEADER = MethodHandles.lookup().findVarHandle(Flight.class, "leader", Thread.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  final Origin origin;
  final boolean secondAttempt;

  private final Run run;

  /** Whether no other flight comes of its run. */
  private final boolean isAlone;

  /** The one after it in its slot of the table, which alone reads and writes it. */
  Flight next;

  /** What only few flights have; null of most. */
  private volatile Rare rare;

  /**
   * What followers are told: null while nobody asks, then a future of it; or at once the answer, or
   * the entry that it is about.
   */
  @SuppressWarnings("unused") // through TOLD
  private volatile Object told;

  /**
   * Written without a fence where the next thing done is one: in the making before others can see
   * it, at the end before they are told.
   */
  private volatile Thread leader;

  /** Whether its key still leads to it; changed under its own lock, as the two after it. */
  private boolean found = true;

  /** Read without the lock by whoever ends the flight, who has had it since its load began. */
  private boolean loads;

  private boolean removed;

  /** Whether its load began with it. */
  private boolean begun;

  /** What is known of the target whose body it runs. */
  public interface Origin {

    /** Whether its results may have tags. */
    boolean hasTags();

    /** Whether its bodies give a {@code Future}. */
    boolean givesFuture();
  }

  public Flight(Object key, Origin origin, boolean secondAttempt) {
    this(key, origin, secondAttempt, new Run(), true);
  }

  /** One of several that come of one run, which whoever runs it enters and leaves. */
  public static Flight of(Run run, Object key, Origin origin, boolean secondAttempt) {
    return new Flight(key, origin, secondAttempt, run, false);
  }

  /**
   * One whose load begins with it, before anybody can see it, since nothing but a look-up in this
   * JVM lies before the body.
   */
  public static Flight loading(Object key, Origin origin, long since) {
    Flight flight = new Flight(key, origin, false);
    flight.begin(since, null);
    flight.loads = true;
    flight.begun = true;
    return flight;
  }

  private Flight(Object key, Origin origin, boolean secondAttempt, Run run, boolean isAlone) {
    super(key);
    LEADER.set(this, Thread.currentThread());
    this.run = run;
    this.isAlone = isAlone;
    this.origin = origin;
    this.secondAttempt = secondAttempt;
    if (origin.givesFuture()) {
      SharedFuture own = new SharedFuture();
      rare().future = () -> own;
    }
  }

  /** What only few flights have. */
  private static final class Rare {
    private volatile boolean followed;
    private int waiting;
    private Runnable whenLeft;

    /** By which callers share the Future that the body gives; null where it gives none. */
    private volatile Supplier<SharedFuture> future;
  }

  private Rare rare() {
    Rare now = rare;
    return now == null ? makeRare() : now;
  }

  private synchronized Rare makeRare() {
    if (rare == null) {
      rare = new Rare();
    }
    return rare;
  }

  /** Says that the load goes on without the thread that began it. */
  public void leaveThread() {
    LEADER.setRelease(this, null);
    if (isAlone) {
      run.leave();
    }
  }

  /** Says that the load goes on with this thread. */
  public void leadOnThisThread() {
    Thread me = Thread.currentThread();
    if (leader != me) {
      leader = me;
    }
    run.enter();
  }

  /** Whether anybody has ever joined it. */
  boolean isFollowed() {
    Rare now = rare;
    return now != null && now.followed;
  }

  /** Completes with what a follower is to do, who must {@link #unfollow} in the end. */
  public CompletableFuture<Answer> follow() {
    synchronized (this) {
      Rare here = rare();
      here.followed = true;
      here.waiting++;
    }
    Object now = told;
    if (now == null) {
      CompletableFuture<Answer> asked = new CompletableFuture<>();
      now = TOLD.compareAndExchange(this, null, asked);
      now = now == null ? asked : now;
    }
    return now instanceof CompletableFuture<?>
        ? futureOf(now).copy()
        : CompletableFuture.completedFuture(answerOf(now));
  }

  private static Answer answerOf(Object told) {
    return told instanceof Entry entry ? Answer.landed(entry) : (Answer) told;
  }

  @SuppressWarnings("unchecked") // it is either this or an answer
  private static CompletableFuture<Answer> futureOf(Object told) {
    return (CompletableFuture<Answer>) told;
  }

  /**
   * Tells all who follow, and whoever still comes to; the first word counts.
   *
   * @param answer an {@link Answer}, or the entry that has landed
   */
  public void tell(Object answer) {
    leaveThread();
    Object asked = TOLD.compareAndExchange(this, null, answer);
    if (asked instanceof CompletableFuture<?>) {
      futureOf(asked).complete(answerOf(answer));
    }
  }

  /** The same, unless somebody follows; whether nobody does. */
  boolean tellUnlessAsked(Answer answer) {
    boolean unasked = TOLD.compareAndSet(this, null, answer);
    if (unasked) {
      leaveThread();
    }
    return unasked;
  }

  /** Says that a follower waits no longer. */
  public void unfollow() {
    Runnable last;
    synchronized (this) {
      Rare here = rare();
      here.waiting--;
      last = here.waiting == 0 ? here.whenLeft : null;
    }
    if (last != null) {
      last.run();
    }
  }

  /**
   * Whether anybody waits.
   *
   * @param left runs when the last of them waits no longer
   */
  public synchronized boolean isAwaited(Runnable left) {
    Rare here = rare();
    if (here.waiting == 0) {
      return false;
    }
    here.whenLeft = left;
    return true;
  }

  /** Whether its value comes when somebody asks a Future for it. */
  public boolean isByFuture() {
    Rare now = rare;
    return now != null && now.future != null;
  }

  /** A share in its Future; null where there is none, or none any more. */
  public SharedFuture joinFuture(long waitMillis) {
    SharedFuture own = isByFuture() ? rare.future.get() : null;
    return own != null && own.join(waitMillis) ? own : null;
  }

  /** Its Future, which from now on is there for as long as a caller has a share in it. */
  public SharedFuture handOutFuture() {
    SharedFuture own = rare.future.get();
    rare.future = new WeakReference<>(own)::get;
    return own;
  }

  public boolean isLedByThisThread() {
    return isLedBy(Thread.currentThread());
  }

  boolean isLedBy(Thread thread) {
    return leader == thread;
  }

  /** The run that it comes of. */
  public Run run() {
    return run;
  }

  /** Whether nobody waits for it any more. */
  public boolean isOver() {
    Object now = told;
    return now instanceof CompletableFuture<?> asked ? asked.isDone() : now != null;
  }

  /** The flight that the thread that leads it waits for; null for none. */
  Flight awaitedByThread(Map<Thread, Flight> waiting) {
    Thread led = leader;
    return led == null ? null : waiting.get(led);
  }

  /** Begins its load; false where its key leads to it no more, and the load is to be listed. */
  boolean beginLoad(long since, Transaction transaction) {
    return begun || beginLater(since, transaction);
  }

  private synchronized boolean beginLater(long since, Transaction transaction) {
    if (found) {
      begin(since, transaction);
      loads = true;
    }
    return found;
  }

  /** Whether its load has begun, has not ended, and is not listed. */
  boolean loads() {
    return loads;
  }

  /**
   * Notes that its key was removed, or that something else was put there, and leads to it no more.
   */
  synchronized void overtake() {
    found = false;
    removed = true;
  }

  /** Notes that its key leads to it no more, though its load may go on and is then listed. */
  synchronized void leaveTo(Loads list) {
    found = false;
    if (loads && !removed) {
      loads = false;
      list.list(this);
    }
  }

  /**
   * Ends its load, unless that is listed; one whose store fails has not ended.
   *
   * @param what null if there is nothing to store
   * @return null where it is listed; else whether it was stored
   */
  synchronized <T> Boolean endLoad(T what, Loads.Storing<T> storing) {
    if (isListed()) {
      return null;
    }
    boolean stored = loads && what != null && !removed && storing.store(this, what);
    loads = false;
    return stored;
  }
}
