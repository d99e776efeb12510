/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.method.Variant.Standing;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import java.util.concurrent.CompletableFuture;

/** The look-ups of one target: from a call to its key, from the key to an entry, to an answer. */
final class LookUps {

  private final Engine engine;
  private final Caching caching;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final Variants variants;

  /** Null where a call is cached as a whole. */
  private final Batches batches;

  LookUps(Engine engine, Caching caching, Attributes attributes, Batches batches) {
    this.engine = engine;
    this.caching = caching;
    this.spec = caching.spec();
    this.cache = caching.cache();
    this.partition = caching.partition();
    this.attributes = attributes;
    this.variants = caching.variants();
    this.batches = batches;
  }

  /**
   * An answer, a miss, or null to let the body run and think no more of it.
   *
   * @param asker null where a thread waits for the answer
   */
  Ticket lookUp(Target target, Object receiver, Object[] arguments, Asker asker) {
    ThreadMode mode = ThreadMode.current();
    if (mode != null) {
      mode.tellOuter(caching, receiver);
    }
    ThreadMode.Ask ask =
        ThreadMode.asked(mode, asker == null ? ThreadMode.Ask.NOTHING : asker.ask());
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
    if (!refresh
        && asker == null
        && call.transaction() == null
        && caching.joins().hasBeenLookedUp(call)) {
      return caching.joins().leadOrAnswer(call);
    }
    Entry found = refresh || !call.variant().isReadable() ? null : find(call);
    if (found != null && call.isHidden(found)) {
      return bypassed();
    }
    Ticket answer = found == null ? null : answerFrom(found, call);
    return answer != null ? answer : caching.joins().flyOrRun(call, found, refresh);
  }

  Ticket bypassed() {
    cache.counters.bypassed.increment();
    return null;
  }

  /** The call with its key; null where it is to run uncached. */
  Call call(Target target, Object receiver, Object[] arguments, Asker asker) {
    String attribute = "condition";
    try {
      if (attributes.condition() != null && !attributes.condition().test(arguments, null)) {
        return null;
      }
      attribute = "key";
      Variant variant = variants.of(receiver, attributes.policy().scope());
      if (variant == null || isNamelessElsewhere(receiver)) {
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
      engine
          .warnings()
          .once(
              spec,
              "a call runs uncached, since its key has no text: {}; name properties of it that"
                  + " have one",
              noKey.getMessage());
    } catch (ExpressionException failed) {
      cache.counters.errors.increment();
      engine
          .warnings()
          .once(spec, "a call runs uncached, since {}: {}", attribute, failed.getMessage());
    }
    return null;
  }

  /**
   * Whether a receiver's class, which belongs to the key, is one that its JVM has made up, such as
   * a lambda's: another JVM may have another under its name.
   */
  private boolean isNamelessElsewhere(Object receiver) {
    boolean nameless =
        receiver != null
            && receiver.getClass().isHidden()
            && attributes.keyTemplate() == null
            && cache.remote != null
            && attributes.policy().scope() != Scope.INSTANCE;
    if (nameless) {
      engine
          .warnings()
          .once(
              spec,
              "calls on a lambda run uncached with a backend, since no other JVM knows its class by"
                  + " name; write a class for it, or set scope = instance or backend = memory");
    }
    return nameless;
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

  /** The key of a plain call; null where one of its arguments has no value. */
  Object plainKey(Variant variant, Object[] arguments) {
    CallArguments counted = attributes.arguments();
    try {
      return counted.isOne()
          ? Keys.ofOne(variant, counted.part(0, arguments))
          : Keys.of(variant, counted.parts(arguments));
    } catch (CallArguments.Unkeyed unkeyed) {
      return null; // to be told of by whoever looks it up in full
    }
  }

  /** The entry of a call's key that this target may read. */
  Entry find(Call call) {
    return find(call.variant(), call.key());
  }

  Entry find(Variant variant, Object key) {
    Entry entry = partition.store.get(key);
    return entry != null
            && mayAnswer(entry, variant)
            && (entry.near() == null || partition.near.stands(entry))
        ? entry
        : null;
  }

  /** Whether an entry, of whichever method, is of the type that calls of a variant give. */
  boolean mayAnswer(Entry entry, Variant variant) {
    return entry.type().equals(attributes.type(variant))
        && (attributes.takesNull() || !entry.givesNull());
  }

  /** The same of what another call has loaded. */
  boolean mayAnswer(Entry entry, Call call) {
    return mayAnswer(entry, call.variant()) && caching.allows(entry, call.arguments());
  }

  /** The answer that an entry gives now; null where it is past its time. */
  Ticket answerFrom(Entry entry, Call call) {
    Entry.Age age = entry.age();
    if (age == Entry.Age.OVER) {
      return null;
    }
    cache.counters.hits.increment();
    caching.tellHit(age == Entry.Age.STALE);
    if (age == Entry.Age.STALE) {
      cache.counters.stale.increment();
    } else if (entry.idle() == 0 && caching.isPlain()) {
      caching.hitSite().approve(call.receiver(), call.variant());
    }
    if (age != Entry.Age.FRESH) {
      caching.renewals().renew(call);
    } else if (caching.verification() != null) {
      caching.verification().hit(call, entry);
    }
    return answer(entry, call);
  }

  Ticket answer(Entry entry, Call call) {
    if (entry.value instanceof Thrown thrown) {
      Entry old = thrown.standIn();
      if (old == null) {
        return answer(thrown, call);
      }
      cache.counters.stale.increment();
      return answer(old, call);
    }
    Results.tell(caching.observer(call), true, entry);
    Object value = entry.given();
    call.target().answered(call, value);
    return Ticket.answering(call.asker() == null ? attributes.shape().wrap(value) : value);
  }

  Ticket answer(Thrown thrown, Call call) {
    ReturnShape shape = attributes.shape();
    boolean isGiven = thrown.given() != null;
    Throwable failure = isGiven && shape == ReturnShape.STAGE ? thrown.given() : thrown.failure();
    return isGiven && shape.isLater() && call.asker() == null
        ? Ticket.answering(CompletableFuture.failedFuture(failure))
        : Ticket.throwing(failure);
  }
}
