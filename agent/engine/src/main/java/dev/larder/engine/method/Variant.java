/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.transaction.Moments;
import java.lang.ref.WeakReference;

/**
 * Calls of one target whose keys may meet: those on receivers that are alike.
 *
 * <p>It is part of each key by arguments, compared by identity, and so keeps methods, classes and
 * receivers apart. It also knows what was learnt of the receivers' place among proxies.
 */
public final class Variant {

  /** The receiver's class and what of its fields counts, as text; empty of a static method. */
  public final String receiver;

  public final int hash;

  /** The moment since when its keys are known, and so their removal. */
  public final long made = Moments.now();

  /** Where a receiver that is called through an interface stands among proxies and decorators. */
  public enum Standing {
    /** Not called yet, or no call of it has returned: stores, but does not read. */
    UNKNOWN,
    /** A call has returned without reaching another target of the same method. */
    INNERMOST,
    /** Its calls reach another target, which alone caches. */
    OUTER,
    /** It is innermost and carries authorisation, which a hit would pass by. */
    GUARDED
  }

  /** Its name with a backend; null until one is asked. */
  public volatile String remoteName;

  /** The receivers' class, which is not kept from being collected; null of a static method. */
  private final WeakReference<Class<?>> receiverClass;

  private volatile Standing standing;
  private volatile boolean forgotten;

  /**
   * A variant.
   *
   * @param receiverClass null of a static method
   */
  public Variant(TargetSpec target, String receiver, Class<?> receiverClass, Standing standing) {
    this.receiver = receiver;
    this.receiverClass = receiverClass == null ? null : new WeakReference<>(receiverClass);
    this.hash = 31 * target.encode().hashCode() + receiver.hashCode();
    this.standing = standing;
  }

  /** The class of its receivers, of which one is at hand; null of a static method. */
  public Class<?> receiverClass() {
    return receiverClass == null ? null : receiverClass.get();
  }

  public Standing standing() {
    return standing;
  }

  public void learn(Standing learnt) {
    standing = learnt;
  }

  /** Notes that nothing reaches its entries any more, and so it is to get none. */
  public void forget() {
    forgotten = true;
  }

  public boolean isForgotten() {
    return forgotten;
  }

  /** Whether a hit may skip the body. */
  public boolean isReadable() {
    return standing == Standing.INNERMOST;
  }
}
