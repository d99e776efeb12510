/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.key.KeyParts;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.Variant;
import dev.larder.spi.ObjectStore;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The short way of a call to its entry, for what is plain: a receiver that was approved before, a
 * key by arguments, a value within its time. Whatever is not plain is left to {@link Target#miss},
 * which knows the whole way.
 *
 * <p>There is a method for each common shape of arguments, so that the compiler sees concrete code:
 * the key is made on the stack and never becomes an object if the look-up is inlined. What a hit
 * writes is one striped counter; what it reads is the store, the entry and a coarse clock.
 *
 * <p>It is a record for the compiler's sake: call sites are bound to it, and of what is constant
 * the JVM takes a record's fields for constant too, but not another class's final ones. So a hit
 * reads none of them.
 *
 * @param shape how the method gives its values
 */
record HitSite(
    CachedTarget cached,
    ReturnShape shape,
    boolean isStatic,
    KeyParts keyParts,
    ObjectStore<Entry> store,
    Clock clock,
    LongAdder hits,
    Last last) {

  /** The receiver that was last approved, and its variant; replaced as a whole. */
  private static final class Last {
    private Approved approved;
  }

  /**
   * A receiver on whose calls entries may be given.
   *
   * @param isSettled whether nothing of it that counts can change, so that entries may be made too
   */
  private record Approved(WeakReference<Object> receiver, Variant variant, boolean isSettled) {}

  static HitSite of(CachedTarget cached, ReturnShape shape, KeyParts keyParts, Clock clock) {
    return new HitSite(
        cached,
        shape,
        cached.spec().isStatic(),
        keyParts,
        cached.partition().store,
        clock,
        cached.cache().counters.hits,
        new Last());
  }

  /** Notes that calls on this receiver may be answered here. */
  void approve(Object receiver, Variant variant) {
    Approved approved = last.approved;
    if (approved == null
        || approved.variant() != variant
        || !approved.receiver().refersTo(receiver)) {
      last.approved =
          new Approved(new WeakReference<>(receiver), variant, cached.isSettled(receiver));
    }
  }

  /** Whether a call of this variant on this receiver has been looked up here, if it was common. */
  boolean looksUp(Object receiver, Variant variant) {
    return variant(receiver) == variant;
  }

  /** The variant of a call that has been looked up here; null where more has to be asked. */
  Variant settled(Object receiver) {
    Approved approved = last.approved;
    return approved != null
            && approved.isSettled()
            && (isStatic || approved.receiver().refersTo(receiver))
            && !approved.variant().isForgotten()
            && !ThreadMode.unusual()
        ? approved.variant()
        : null;
  }

  private Variant variant(Object receiver) {
    Approved approved = last.approved;
    return approved != null
            && (isStatic || approved.receiver().refersTo(receiver))
            && !ThreadMode.unusual()
        ? approved.variant()
        : null;
  }

  /** A call without arguments. */
  Object hit(Object receiver) {
    Variant variant = variant(receiver);
    return variant == null ? null : give(store.get(new Keys.None(variant)));
  }

  /** A call with one integral number. */
  Object hit(Object receiver, long argument) {
    Variant variant = variant(receiver);
    return variant == null ? null : give(store.get(new Keys.OneLong(variant, argument)));
  }

  /** A call with one argument that is its own part of a key, as its declared type says. */
  Object hit(Object receiver, Object argument) {
    Variant variant = variant(receiver);
    if (variant == null) {
      return null;
    }
    return give(
        store.get(
            argument instanceof Long number
                ? new Keys.OneLong(variant, number)
                : new Keys.One(variant, argument)));
  }

  /** A call with two arguments that are their own parts of a key, and no numbers. */
  Object hit(Object receiver, Object first, Object second) {
    Variant variant = variant(receiver);
    return variant == null ? null : give(store.get(new Keys.Two(variant, first, second)));
  }

  /** A call with three such arguments. */
  Object hit(Object receiver, Object first, Object second, Object third) {
    Variant variant = variant(receiver);
    return variant == null ? null : give(store.get(new Keys.Three(variant, first, second, third)));
  }

  /** A call with two or three arguments, of which the first integral number is given as it is. */
  Object hit(Object receiver, int at, int count, long number, Object first, Object second) {
    Variant variant = variant(receiver);
    return variant == null
        ? null
        : give(store.get(new Keys.Numbered(variant, at, count, number, first, second)));
  }

  /** A call with any arguments. */
  Object hit(Object receiver, Object[] arguments) {
    Variant variant = variant(receiver);
    if (variant == null) {
      return null;
    }
    for (Object argument : arguments) {
      if (argument != null && !keyParts.isAtom(argument.getClass())) {
        return null;
      }
    }
    return give(store.get(Keys.of(variant, arguments)));
  }

  private Object give(Entry entry) {
    if (entry == null || clock.reached(entry.plainUntil())) {
      return null;
    }
    Object value;
    try {
      value = shape.wrap(entry.given());
    } catch (RuntimeException | Error failure) {
      return null; // the miss site meets it again, and tells it
    }
    if (value != null) {
      hits.increment();
    }
    return value;
  }

  /**
   * What a hit site of this type calls.
   *
   * @param type {@code (receiver, arguments)Object}, without the receiver of a static method
   */
  MethodHandle handle(MethodType type) throws ReflectiveOperationException {
    int first = isStatic ? 0 : 1;
    MethodHandle site = HitShapes.of(cached, type, first).bindTo(this);
    return (isStatic ? MethodHandles.insertArguments(site, 0, (Object) null) : site).asType(type);
  }
}
