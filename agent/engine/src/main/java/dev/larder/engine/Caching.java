/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Flights.Answer;
import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.Variant.Standing;
import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import dev.larder.engine.value.UncacheableValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The look-ups of one target: from a call to its key, and from the key to an entry or a flight.
 *
 * <p>It is the whole way, taken by every call that {@link HitSite} did not answer. What becomes of
 * a body's result is the business of {@link Results}.
 */
final class Caching {

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final Body body;
  private final RemoteTier remote;
  private final Results results;
  private final HitSite hitSite;
  private final Variants variants;

  /** Null where a call is cached as a whole. */
  private final Batches batches;

  /** Whether the hit site looks up each call, and what is past its time is a miss. */
  private final boolean isCommon;

  /** Found when a body first runs in the background. */
  private volatile CallerContext callerContext;

  /**
   * The look-ups of a target.
   *
   * @param before those of the target whose place it takes; null for none
   */
  Caching(Engine engine, TargetSpec spec, Attributes attributes, Body body, Caching before) {
    this.engine = engine;
    this.spec = spec;
    this.attributes = attributes;
    this.body = body;
    this.cache = engine.cache(spec.lookup().cache());
    this.partition = cache.partition(body.loader());
    this.remote = RemoteTier.of(engine, spec, cache, partition.near, attributes, body);
    this.results = new Results(engine, spec, cache, partition, attributes, remote);
    this.hitSite = new HitSite(this, engine.keyParts(), engine.clock());
    this.variants =
        before != null
                && before.partition == partition
                && before.spec.traits().equals(spec.traits())
            ? before.variants
            : new Variants(engine, spec, partition);
    this.batches =
        attributes.batch() == null
            ? null
            : new Batches(engine, attributes, body, remote, results, this);
    this.isCommon =
        isPlain()
            && attributes.policy().idle() == 0
            && attributes.policy().singleFlight()
            && !attributes.shape().isLater()
            && attributes.arguments().allAtoms();
    partition.add(this);
  }

  TargetSpec spec() {
    return spec;
  }

  NamedCache cache() {
    return cache;
  }

  Partition partition() {
    return partition;
  }

  HitSite hitSite() {
    return hitSite;
  }

  /** Whether its calls run uncached. */
  boolean isOff() {
    return attributes.policy().isOff();
  }

  boolean hasTags() {
    return !attributes.tags().isEmpty();
  }

  /** Whether whatever is given for a parameter that counts is its own part of a key. */
  boolean isAtomParameter(int i) {
    return attributes.arguments().isAtom(i);
  }

  /** Whether bodies give a {@code Future}. */
  boolean givesFuture() {
    return attributes.shape() == ReturnShape.FUTURE;
  }

  /** For how long a follower waits at most. */
  long waitMillis() {
    return attributes.policy().waitMillis();
  }

  /** Whether plain calls may be answered by the hit site. */
  boolean isPlain() {
    return attributes.keyTemplate() == null
        && attributes.batch() == null
        && attributes.condition() == null
        && attributes.arguments().allCount()
        && attributes.policy().scope() != Scope.INSTANCE
        && !spec.traits().contains(TargetSpec.Trait.HANDLER)
        && !attributes.shape().runsElsewhere()
        && !attributes.policy().isOff();
  }

  /** A look-up that found nothing, and what its body's result is for. */
  record Miss(
      Variant variant,
      Loads.Load load,
      Flight flight,
      OpenCall open,
      Entry old,
      long began,
      Handlers.Call observer,
      Guard guard,
      Turn turn,
      boolean inBackground) {

    /** Tells other JVMs what became of its flight. */
    void endLease(Lease.Ending ending) {
      if (guard != null && guard.lease() != null) {
        guard.lease().end(ending);
      }
    }
  }

  /** Whether what a receiver's calls reach is known to be what caches. */
  boolean isOuter(Object receiver) {
    if (!spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE)) {
      return false;
    }
    Variant variant = variants.of(receiver, attributes.policy().scope());
    return variant != null && variant.standing() == Standing.OUTER;
  }

  /**
   * An answer, a miss, or null to let the body run and think no more of it.
   *
   * @param asker null where a thread waits for the answer
   */
  Ticket lookUp(Target target, Object receiver, Object[] arguments, Asker asker) {
    ThreadMode mode = ThreadMode.current();
    if (mode != null) {
      mode.tellOuter(this, receiver);
    }
    ThreadMode.Ask ask = asked(mode, asker);
    if (attributes.policy().isOff() || ask == ThreadMode.Ask.BYPASS) {
      return bypassed();
    }
    Call call;
    try {
      call = call(target, receiver, arguments, asker);
    } catch (Throwable ours) {
      cache.counters.bypassed.increment();
      throw ours;
    }
    if (call == null) {
      return bypassed();
    }
    if (call.variant().standing() == Standing.OUTER) {
      return null; // the call counts where it is cached
    }
    if (call.variant().standing() == Standing.GUARDED || call.isHidden(cache, attributes)) {
      return bypassed();
    }
    boolean refresh = ask == ThreadMode.Ask.REFRESH;
    if (call instanceof BatchCall batch) {
      return batches.lookUp(batch, refresh);
    }
    if (!refresh && asker == null && call.transaction() == null && hasBeenLookedUp(call)) {
      return leadOrAnswer(call);
    }
    Entry found = refresh || !call.variant().isReadable() ? null : find(call.key());
    if (found != null && call.isHidden(found)) {
      return bypassed();
    }
    Ticket answer = found == null ? null : answerFrom(found, call);
    return answer != null ? answer : flyOrRun(call, found, refresh);
  }

  /** Whether the hit site has just found nothing plain for this call. */
  private boolean hasBeenLookedUp(Call call) {
    return isCommon
        && hitSite.looksUp(call.receiver(), call.variant())
        && !partition.flights.isUncollapsed(call.key());
  }

  /**
   * Leads the flight of a call first and looks whether it is needed then: nearly always it is, and
   * so the key has to be looked up but once behind the hit site.
   */
  private Ticket leadOrAnswer(Call call) {
    Flight mine = new Flight(call.key(), this, false);
    Flight other = partition.flights.joinOrLead(mine);
    if (other == null) {
      mine.leadOnThisThread();
    }
    Entry found;
    try {
      found = find(call.key());
      if (other == null && (found == null || found.age() == Entry.Age.OVER)) {
        cache.counters.misses.increment();
        return run(call, mine, Results.ofValue(found));
      }
    } catch (RuntimeException | Error failure) {
      if (other == null) {
        partition.flights.disperse(mine);
      }
      throw failure;
    }
    if (other == null) {
      partition.flights.land(mine, found);
    }
    Ticket answer = found == null ? null : answerFrom(found, call);
    return answer != null ? answer : flyOrRun(call, found, false);
  }

  private static ThreadMode.Ask asked(ThreadMode mode, Asker asker) {
    if (asker != null && asker.ask() != ThreadMode.Ask.NOTHING) {
      return asker.ask();
    }
    return mode == null ? ThreadMode.Ask.NOTHING : mode.ask();
  }

  private Ticket bypassed() {
    cache.counters.bypassed.increment();
    return null;
  }

  /** The call with its key; null where it is to run uncached. */
  private Call call(Target target, Object receiver, Object[] arguments, Asker asker) {
    try {
      if (attributes.condition() != null && !attributes.condition().test(arguments, null)) {
        return null;
      }
      Variant variant = variants.of(receiver, attributes.policy().scope());
      if (variant == null) {
        return null;
      }
      Transaction transaction = Transactions.current();
      if (batches != null) {
        return batches.call(target, receiver, arguments, variant, transaction);
      }
      Object key = key(variant, arguments);
      return new Call(target, receiver, arguments, key, variant, asker, transaction);
    } catch (CallArguments.Unkeyed unkeyed) {
      engine
          .warnings()
          .once(
              spec,
              "the argument for parameter {} has no value to make a key of: {}; give the method a"
                  + " key, or leave the parameter out with @CacheIgnore",
              attributes.parameterName(unkeyed.position()),
              unkeyed.getMessage());
    } catch (NoKeyException noKey) {
      engine.warnings().once(spec, "its key has no text: {}", noKey.getMessage());
    } catch (ExpressionException failed) {
      cache.counters.errors.increment();
      engine.warnings().once(spec, "an expression failed: {}", failed.getMessage());
    }
    return null;
  }

  Object key(Variant variant, Object[] arguments)
      throws CallArguments.Unkeyed, NoKeyException, ExpressionException {
    if (attributes.keyTemplate() != null) {
      return Keys.ofText(attributes.keyTemplate().render(arguments, null));
    }
    CallArguments counted = attributes.arguments();
    return counted.isOne()
        ? Keys.ofOne(variant, counted.part(0, arguments))
        : Keys.of(variant, counted.parts(arguments));
  }

  /** The entry of a key that this target may read. */
  Entry find(Object key) {
    Entry entry = partition.store.get(key);
    return entry != null
            && entry.type().equals(attributes.type())
            && (entry.near() == null || partition.near.stands(entry))
        ? entry
        : null;
  }

  /** The answer that an entry gives now; null where it is past its time. */
  private Ticket answerFrom(Entry entry, Call call) {
    Entry.Age age = entry.age();
    if (age == Entry.Age.OVER) {
      return null;
    }
    cache.counters.hits.increment();
    if (age == Entry.Age.STALE) {
      cache.counters.stale.increment();
    } else if (entry.idle() == 0 && isPlain()) {
      hitSite.approve(call.receiver(), call.variant());
    }
    if (age != Entry.Age.FRESH) {
      renew(call);
    }
    return answer(entry, call);
  }

  private Ticket answer(Entry entry, Call call) {
    if (entry.value instanceof Results.Thrown thrown) {
      Entry old = thrown.standIn();
      if (old == null) {
        return answer(thrown, call);
      }
      cache.counters.stale.increment();
      return answer(old, call);
    }
    Results.tell(engine.observer(spec), true, entry);
    return Ticket.answering(call.asker() == null ? give(entry) : Results.valueOf(entry));
  }

  private Ticket answer(Results.Thrown thrown, Call call) {
    ReturnShape shape = attributes.shape();
    boolean isGiven = thrown.given() != null;
    Throwable failure = isGiven && shape == ReturnShape.STAGE ? thrown.given() : thrown.failure();
    return isGiven && shape.isLater() && call.asker() == null
        ? Ticket.answering(CompletableFuture.failedFuture(failure))
        : Ticket.throwing(failure);
  }

  /** What a caller gets of an entry. */
  Object give(Entry entry) {
    return results.give(entry);
  }

  private Ticket flyOrRun(Call call, Entry found, boolean refresh) {
    Entry old = Results.ofValue(found);
    cache.counters.misses.increment();
    if (isCommon && call.variant().isReadable()) {
      hitSite.approve(call.receiver(), call.variant()); // from now on it looks first
    }
    if (refresh
        || !attributes.policy().singleFlight()
        || !call.variant().isReadable()
        || fliesAlone(call)
        || partition.flights.isUncollapsed(call.key())) {
      return refresh ? runBodyOf(call, null, old, lookRemotely(call)) : run(call, null, old);
    }
    boolean handedOver = false;
    while (true) {
      Flight mine = new Flight(call.key(), this, handedOver);
      Flight flight = partition.flights.joinOrLead(mine);
      if (flight == null) {
        if (attributes.shape().isLater()) {
          Circles.begin(call.runs(), mine);
        }
        mine.leadOnThisThread();
        return lead(call, mine, old);
      }
      if (call.isWithin(flight)) {
        return run(call, null, old);
      }
      if (flight.isByFuture() && !givesFuture()) { // it may be long until somebody asks for it
        return run(call, null, old);
      }
      if (attributes.shape().isLater()) {
        if (!Circles.follow(call.runs(), flight)) {
          return run(call, null, old);
        }
        if (!givesFuture()) {
          return Ticket.following(follow(call.withoutThread(), flight, handedOver));
        }
        SharedFuture shared = flight.joinFuture(waitMillis());
        if (shared != null || !flight.isByFuture()) {
          return Ticket.answering(
              new FollowingFuture(this, call.withoutThread(), flight, shared, handedOver));
        }
        partition.flights.leave(flight);
        continue;
      }
      Answer answer = Flights.await(flight, attributes.policy().waitMillis());
      if (answer.outcome() == Flights.Outcome.LANDED
          && answer.entry().type().equals(attributes.type())) {
        return answer(answer.entry(), call);
      }
      if (answer.outcome() != Flights.Outcome.HANDED_OVER || handedOver) {
        return run(call, null, old);
      }
      handedOver = true;
    }
  }

  Step follow(Call call, Flight flight, boolean handedOver) {
    return Following.of(this, call, flight, attributes.policy().waitMillis(), handedOver);
  }

  /**
   * What comes next for a caller without a thread, once the flight that it followed is over.
   *
   * @param follow follows another caller that has taken over
   */
  Step after(Call call, Answer answer, boolean handedOver, Function<Flight, Step> follow) {
    if (answer.outcome() == Flights.Outcome.LANDED
        && answer.entry().type().equals(attributes.type())) {
      return step(answer.entry(), call);
    }
    Flight mine = null;
    if (answer.outcome() == Flights.Outcome.HANDED_OVER && !handedOver) {
      mine = new Flight(call.key(), this, true);
      mine.leaveThread(); // the one that runs the body may be another
      Flight flying = partition.flights.joinOrLead(mine);
      if (flying == null) {
        Circles.begin(call.runs(), mine);
        return call.target().step(lead(call, mine, null), call);
      }
      if (!call.isWithin(flying) && Circles.follow(call.runs(), flying)) {
        return follow.apply(flying);
      }
    }
    return call.target().step(run(call, null, null), call);
  }

  private Step step(Entry landed, Call call) {
    return landed.value instanceof Results.Thrown
        ? call.target().step(answer(landed, call), call)
        : Step.give(Results.valueOf(landed));
  }

  /** Whether nobody may join what a call loads, nor it others, for the sake of its transaction. */
  boolean fliesAlone(Call call) {
    Transaction transaction = call.transaction();
    return transaction != null && (transaction.mayWrite() || isOvertaken(transaction, call.key()));
  }

  /** Whether what a transaction loads may be older than a removal of it. */
  private boolean isOvertaken(Transaction transaction, Object key) {
    return partition.isRemovedSince(transaction.since(), key)
        || engine.removals().isOvertaken(transaction.since(), cache, hasTags());
  }

  /** Leads, unless the flight before this one has landed between the look-up and now. */
  private Ticket lead(Call call, Flight flight, Entry old) {
    try {
      Entry landed = find(call.key());
      if (landed != null && landed != old && landed.age().isWithinTime()) {
        partition.flights.land(flight, landed);
        cache.counters.misses.decrement();
        cache.counters.hits.increment();
        return answer(landed, call);
      }
      return run(call, flight, old);
    } catch (Throwable ours) { // nobody is to wait for what does not come
      partition.flights.fail(flight);
      throw ours;
    }
  }

  /** Answers from the backend, or lets the body run. */
  private Ticket run(Call call, Flight flight, Entry old) {
    if (flight == null || remote == null || !isLedInFleet(call)) {
      RemoteTier.Seen seen = remote == null ? null : remote.find(call.key(), isForOne(call));
      return answerOrRun(call, flight, old, seen);
    }
    boolean isLater = attributes.shape().isLater();
    RemoteTier.Seen seen =
        remote.findOrLead(
            call.key(), isLater ? 0 : waitMillis(), RemoteTier.Seen::isServed, isForOne(call));
    if (isLater && seen != null && seen.isLedElsewhere() && !seen.isServed()) {
      flight.leaveThread();
      return Ticket.following(
          FollowingElsewhere.of(this, remote, call.withoutThread(), flight, old));
    }
    return answerOrRun(call, flight, old, seen);
  }

  /** Whether a flight may be one of all JVMs. */
  private boolean isLedInFleet(Call call) {
    return !attributes.shape().isLater() || (!givesFuture() && call.transaction() == null);
  }

  /** What comes of a call whose flight another JVM has led, or leads still. */
  Step afterElsewhere(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {
    try {
      return call.target().step(answerOrRun(call, flight, old, seen), call);
    } catch (Throwable ours) { // nobody is to wait for what does not come
      partition.flights.fail(flight);
      throw ours;
    }
  }

  private Ticket answerOrRun(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {
    if (seen == null || seen.entry() == null || !call.variant().isReadable()) {
      return runBodyOf(call, flight, old, seen);
    }
    if (call.isHidden(seen.entry())) {
      seen.endLease(Lease.Ending.DISPERSED);
      if (flight != null) {
        partition.flights.disperse(flight);
      }
      cache.counters.misses.decrement();
      return bypassed();
    }
    if (!seen.isServed()) {
      return runBodyOf(call, flight, old == null ? remote.keep(seen).entry() : old, seen);
    }
    if (flight != null && !(seen.isForOne() && partition.flights.endUnfollowed(flight))) {
      seen = remote.keep(seen);
      if (seen.entry() == null) {
        return runBodyOf(call, flight, old, seen);
      }
      partition.flights.land(flight, seen.entry());
    }
    if (seen.isLedElsewhere()) {
      return answer(seen.entry(), call); // a follower, though not of this JVM
    }
    cache.counters.misses.decrement();
    Ticket answer = answerFrom(seen.entry(), call);
    if (answer == null) { // its time was over just now
      cache.counters.hits.increment();
      answer = answer(seen.entry(), call);
    }
    return answer;
  }

  /** Whether a call needs of a value nothing but to be given it, once. */
  private boolean isForOne(Call call) {
    return call.transaction() == null && call.asker() == null && !attributes.shape().isLater();
  }

  /** What the backend has; null where there is none to ask. */
  private RemoteTier.Seen lookRemotely(Call call) {
    return remote == null ? null : remote.find(call.key(), false);
  }

  private Ticket runBodyOf(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {
    OpenCall open = open(call);
    cache.counters.loads.increment();
    try {
      Miss miss = miss(call, flight, open, old, engine.observer(spec), seen, false);
      return Ticket.running(call.target(), call.receiver(), call.arguments(), miss);
    } catch (Throwable ours) {
      if (open != null) {
        ThreadMode.close(open);
      }
      throw ours;
    }
  }

  /** Notes that a body is about to run that may reach another target; null where none can be. */
  OpenCall open(Call call) {
    return spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE)
        ? ThreadMode.open(this, call.receiver(), call.variant().standing() == Standing.UNKNOWN)
        : null;
  }

  /**
   * A miss whose load begins now.
   *
   * @param inBackground whether it is for nobody but the cache
   */
  private Miss miss(
      Call call,
      Flight flight,
      OpenCall open,
      Entry old,
      Handlers.Call observer,
      RemoteTier.Seen seen,
      boolean inBackground) {
    Loads.Load load = load(call, flight);
    try {
      Guard guard = seen == null ? null : remote.guard(call.key(), seen, call.transaction());
      return miss(new Missing(call, flight, old, seen), load, open, observer, guard, inBackground);
    } catch (Throwable ours) {
      partition.loads.end(load, null);
      throw ours;
    }
  }

  private Loads.Load load(Call call, Flight flight) {
    return partition.flights.beginLoad(
        call.key(), flight, engine.removals().now(), call.transaction());
  }

  private static Miss miss(
      Missing missing,
      Loads.Load load,
      OpenCall open,
      Handlers.Call observer,
      Guard guard,
      boolean inBackground) {
    return new Miss(
        missing.call.variant(),
        load,
        missing.flight,
        open,
        missing.old,
        System.nanoTime(),
        observer,
        guard,
        missing.seen == null ? null : missing.seen.turn(),
        inBackground);
  }

  /**
   * What a load begins with.
   *
   * @param flight that it leads; null for none
   * @param old an entry past its time, for a body that throws; null for none
   * @param seen what the backend has; null where there is none to ask
   */
  record Missing(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {}

  /** The misses of a call's elements, whose loads begin now, in their order. */
  List<Miss> misses(List<Missing> missing, Transaction transaction, Handlers.Call observer) {
    List<Loads.Load> loads = missing.stream().map(each -> load(each.call, each.flight)).toList();
    try {
      List<RemoteTier.Seen> seen = missing.stream().map(Missing::seen).toList();
      List<Guard> guards =
          remote == null || transaction != null
              ? null
              : remote.guardAll(missing.get(0).call.key(), seen);
      List<Miss> misses = new ArrayList<>(missing.size());
      for (int i = 0; i < loads.size(); i++) {
        Missing each = missing.get(i);
        Guard guard =
            guards != null
                ? guards.get(i)
                : each.seen == null ? null : remote.guard(each.call.key(), each.seen, transaction);
        misses.add(miss(each, loads.get(i), null, observer, guard, false));
      }
      return misses;
    } catch (Throwable ours) {
      loads.forEach(load -> partition.loads.end(load, null));
      throw ours;
    }
  }

  /** Runs the body for nobody but the cache. */
  private void load(Call call, Flight leading, RemoteTier.Seen seen) throws Throwable {
    leading.leadOnThisThread();
    OpenCall open = open(call);
    cache.counters.loads.increment();
    Miss miss = miss(call, leading, open, null, Handlers.Call.UNOBSERVED, seen, true);
    if (attributes.shape().isLater()) {
      try {
        call.target()
            .load(Ticket.running(call.target(), call.receiver(), call.arguments(), miss), call);
      } finally {
        leading.leaveThread();
      }
      return;
    }
    try {
      Object result = body.run(call.target(), call.receiver(), call.arguments());
      end(miss, result, call.arguments());
    } catch (Throwable failure) {
      fail(miss, failure);
      throw failure;
    }
  }

  /** Starts a run of the body in the background, unless one is under way. */
  private void renew(Call inside) {
    Call call = inside.outside();
    Flight flight = new Flight(call.key(), this, false);
    if (partition.flights.joinOrLead(flight) != null) {
      return;
    }
    flight.leaveThread();
    boolean runs = false;
    try {
      runs = runInBackground(() -> renewNow(call, flight));
    } finally {
      if (!runs) {
        partition.flights.disperse(flight);
      }
    }
  }

  /** Runs a body soon, with what its caller carries; false where too many wait already. */
  boolean runInBackground(Runnable run) {
    return runSoon(withCallersContext(run));
  }

  /** Runs a task soon, on a thread of Larder's; false where too many wait already. */
  boolean runSoon(Runnable task) {
    return engine.background().run(task);
  }

  /** A task that is to run once, on a thread of Larder's, with what this thread carries now. */
  Runnable withCallersContext(Runnable task) {
    CallerContext context = callerContext;
    if (context == null) {
      context = CallerContext.of(body.loader());
      callerContext = context;
    }
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    return context.around(
        () -> {
          Thread.currentThread().setContextClassLoader(callers);
          task.run();
        });
  }

  private void renewNow(Call call, Flight flight) {
    try {
      if (!call.key().equals(key(call.variant(), call.arguments()))) {
        partition.flights.disperse(flight); // somebody has changed an argument since
        return;
      }
      RemoteTier.Seen seen =
          remote == null ? null : remote.findOrLead(call.key(), 0, Caching::isRenewed, false);
      if (seen != null && isRenewed(seen)) {
        partition.flights.land(flight, seen.entry());
      } else if (seen != null && seen.isLedElsewhere()) {
        partition.flights.fail(flight);
      } else {
        load(call, flight, seen);
      }
    } catch (Throwable failure) { // the old value is served on, and the next access tries again
      if (!flight.isOver()) { // the body has not even begun
        partition.flights.disperse(flight);
      }
      engine.warnings().renewalFailed(spec, failure);
    }
  }

  private static boolean isRenewed(RemoteTier.Seen seen) {
    return seen.entry() != null && isRenewed(seen.entry());
  }

  /** Whether another JVM has made the new value meanwhile. */
  static boolean isRenewed(Entry entry) {
    return Clock.precise() < Math.min(entry.deadline(), entry.refreshAt());
  }

  /** What the caller gets after the body has returned. */
  Object end(Miss miss, Object result, Object[] arguments) {
    if (!stepsAside(miss, true)) {
      results.end(miss, result, arguments);
    }
    return result;
  }

  /** What stands in for a body's failure; {@link Target#NONE} where nothing does. */
  Object fail(Miss miss, Throwable failure) {
    if (stepsAside(miss, false)) {
      return Target.NONE;
    }
    Entry old = insteadOf(miss, failure, attributes.shape().isLater() ? null : failure);
    return old == null ? Target.NONE : give(old);
  }

  private Entry insteadOf(Miss miss, Throwable failure, Throwable given) {
    Entry old = results.failed(miss, failure, given);
    if (old != null) {
      cache.counters.misses.decrement();
      cache.counters.hits.increment();
      cache.counters.stale.increment();
    }
    return old;
  }

  /** Ends a miss whose value has come later. */
  void loaded(Miss miss, Object value, Object[] arguments) {
    results.end(miss, value, arguments);
  }

  /**
   * What a caller without a thread gets where no value came.
   *
   * @param given as what a stage or a Future gave the failure; null where the call threw it
   */
  Step notLoaded(Miss miss, Throwable failure, Throwable given) {
    Entry old = insteadOf(miss, failure, given);
    return old == null ? Step.fail(failure) : Step.give(Results.valueOf(old));
  }

  /** Ends a miss of whose value its caller has had a part. */
  void brokenOff(Miss miss, Throwable failure) {
    results.failed(miss, failure, failure);
  }

  /** Ends a miss whose value is its caller's alone. */
  void notShared(Miss miss) {
    try {
      partition.loads.end(miss.load(), null);
      miss.endLease(Lease.Ending.DISPERSED);
    } finally {
      if (miss.flight() != null) {
        partition.flights.disperse(miss.flight());
      }
    }
  }

  /**
   * Ends a miss, as far as that has not been done, at which Larder itself has failed: whoever
   * follows sees to itself.
   */
  void giveUp(Miss miss) {
    try {
      if (miss.flight() != null) {
        partition.flights.fail(miss.flight());
      }
    } finally {
      partition.loads.end(miss.load(), null);
      miss.endLease(Lease.Ending.FAILED);
    }
  }

  /** Ends a miss that its caller, and whoever waited for it, has given up. */
  void abandon(Miss miss) {
    partition.loads.end(miss.load(), null);
    miss.endLease(Lease.Ending.FAILED);
    if (miss.flight() != null) {
      partition.flights.abandon(miss.flight());
    }
  }

  /** An element as the value of a stream will hold it. */
  Object keep(Object element) throws UncacheableValue {
    try {
      return engine.values().keep(element, attributes.policy().values(), partition.home).value();
    } catch (UncacheableValue refused) {
      results.warnOf(refused);
      throw refused;
    }
  }

  /**
   * Closes the open call, and learns from it; whether this one is not to cache.
   *
   * <p>A call that has thrown before it reached another shows nothing: whatever guards the target
   * may have refused it.
   */
  boolean stepsAside(OpenCall open, Variant variant, boolean returned) {
    if (open == null) {
      return false;
    }
    ThreadMode.close(open);
    if (open.reachedAnother()) {
      variant.learn(Standing.OUTER);
      return true;
    }
    if (returned && variant.standing() == Standing.UNKNOWN) {
      if (spec.traits().contains(TargetSpec.Trait.GUARDED)) {
        variant.learn(Standing.GUARDED);
        engine
            .warnings()
            .once(
                spec,
                "it is a method of a proxy that carries authorisation, and nothing behind it is"
                    + " cached; name a method behind the proxy instead");
        return true;
      }
      variant.learn(Standing.INNERMOST);
    }
    return false;
  }

  /** The same of a miss, which then ends without a value of its own. */
  boolean stepsAside(Miss miss, boolean returned) {
    boolean aside = stepsAside(miss.open(), miss.variant(), returned);
    if (aside) {
      stepAside(miss);
    }
    return aside;
  }

  private void stepAside(Miss miss) {
    partition.loads.end(miss.load(), null);
    miss.endLease(Lease.Ending.LANDED);
    if (miss.flight() != null) {
      partition.flights.disperse(miss.flight());
    }
    uncount(miss.variant());
  }

  /** Takes back what was counted of a call that steps aside. */
  void uncount(Variant variant) {
    cache.counters.misses.decrement();
    cache.counters.loads.decrement();
    if (variant.standing() == Standing.GUARDED) {
      cache.counters.bypassed.increment();
    }
  }

  /**
   * Removes the entries of calls with such arguments, on whatever receiver; how many there were.
   */
  long evict(Object[] arguments) throws NoKeyException {
    if (attributes.keyTemplate() != null) {
      return 0;
    }
    Object[] parts = attributes.arguments().partsOfEvict(arguments);
    long removed = 0;
    if (parts != null) {
      for (Variant variant : variants.all()) {
        if (partition.remove(Keys.of(variant, parts))) {
          removed++;
        }
      }
    }
    return removed;
  }
}
