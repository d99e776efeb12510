/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.lang.invoke.MethodHandle;

/** What is to be done with the instances of one class. Holds on to no other class than its own. */
abstract class Plan {

  /** Whether every instance is deeply immutable, or meant to be shared, whatever it holds. */
  final boolean frozen;

  Plan() {
    this(false);
  }

  Plan(boolean frozen) {
    this.frozen = frozen;
  }

  /**
   * Walks an instance before it is kept.
   *
   * @return whether this instance is deeply immutable
   * @throws Refusal if it holds anything that cannot be copied
   */
  abstract boolean scan(Object value, Scan scan) throws Refusal;

  /** A copy; of what cannot change and holds nothing that can, it may be the instance itself. */
  abstract Object copy(Object value, Copying to);

  /** Another instance, even where {@link #copy} would give the same one. */
  Object duplicate(Object value, Copying to) {
    return copy(value, to);
  }

  /**
   * Copies trees as {@link #copy} does, for the compiler to put in where the class is known.
   *
   * @return takes (instance, {@link Copying}) and returns the copy; null if there is none
   */
  MethodHandle direct() {
    return null;
  }

  /**
   * A copy of the collection, map or array alone, for when nothing that it holds needs one.
   *
   * @return null if there is no faster way than {@link #copy}
   */
  Copier shallow() {
    return null;
  }

  /** Whether even an instance that cannot change is given as another instance. */
  boolean rebuilds() {
    return false;
  }

  /** Whether an instance can be made before what it holds: what a circle needs at each of its. */
  boolean comesFirst() {
    return true;
  }

  /** Whether who is given an instance changes it as a matter of course, so that none is shared. */
  boolean isUsedUp() {
    return false;
  }

  /** Whether instances are JPA's entities, or what it puts in place of something lazy. */
  boolean isOfPersistence() {
    return false;
  }

  /** Of classes whose instances are shared. */
  static Plan shared() {
    return new Plan(true) {
      @Override
      boolean scan(Object value, Scan scan) {
        return true;
      }

      @Override
      Object copy(Object value, Copying to) {
        return value;
      }
    };
  }

  /** Of classes whose instances cannot be copied. */
  static Plan refused(Class<?> type, String reason, String remedy) {
    String name = type.getTypeName();
    return new Plan() {
      @Override
      boolean scan(Object value, Scan scan) throws Refusal {
        throw new Refusal(value.getClass(), reason, remedy);
      }

      @Override
      Object copy(Object value, Copying to) {
        throw new IllegalStateException(name + " " + reason);
      }
    };
  }
}
