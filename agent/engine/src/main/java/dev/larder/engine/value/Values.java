/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;

/**
 * Keeps values in memory so that no caller can change what another is given.
 *
 * <p>A value is walked once, when it is kept. If all that it holds is immutable it is shared, and a
 * hit costs nothing. Else the cache keeps a copy that nobody else has, and each hit gets a copy of
 * that, made by what was compiled for its classes.
 */
public final class Values {

  private static final String ROOT = "result";

  private final Plans plans;
  private final Copying trees;

  /**
   * Keeps values of classes that can be looked into.
   *
   * @param access gives access to the fields of the application's classes
   */
  public Values(FieldAccess access) {
    this.plans = new Plans(access);
    this.trees = Copying.tree(plans);
  }

  /** What to keep of a value where any class loader's may be kept. */
  Kept keep(Object value, ValueMode mode) throws UncacheableValue {
    return keep(value, mode, null);
  }

  /**
   * Whether a value that a method has just given is kept as it is, and needs no looking into; false
   * where that cannot be told by its class alone.
   *
   * @param value may be null
   * @param home of the method
   */
  public boolean isShared(Object value, ValueMode mode, Home home) {
    return value == null
        || (plans.isShared(value, mode)
            && home.holds(value.getClass())
            && !(value instanceof Throwable));
  }

  /**
   * What to keep of a value that a method has just given.
   *
   * @param value may be null, which is shared
   * @param home of the method
   * @throws UncacheableValue if it is not to be kept there, or a copy is needed and none can be
   *     made
   */
  public Kept keep(Object value, ValueMode asked, Home home) throws UncacheableValue {
    if (value != null && home != null && !home.holds(value.getClass())) {
      throw Scan.foreign(value.getClass()).of(ROOT);
    }
    if (value instanceof Throwable failure) {
      plans.backtraces().drop(failure);
    }
    ValueMode mode = mode(value, asked);
    if (value == null
        || plans.isShared(value, mode)
        || (mode == ValueMode.SHARE && !EntityTypes.areIn(value, plans))) {
      return new Kept(value, null);
    }
    try {
      Scan scan = new Scan(plans, false, home);
      boolean frozen = scan.visit(value);
      if (frozen && mode != ValueMode.COPY) {
        return new Kept(value, null, scan.hasEntities());
      }
      Copier copier = copier(value.getClass(), scan, mode);
      Object copy = copier.copyOf(value);
      if (mode == ValueMode.SHARE) { // entities as they are now, without their session
        return new Kept(copy, null, scan.hasEntities());
      }
      if (mode == ValueMode.COPY) {
        return new Kept(copy, copier, scan.hasEntities());
      }
      Scan own = new Scan(plans, true, null);
      if (own.visit(copy)) {
        return new Kept(copy, null, scan.hasEntities());
      }
      Copier next =
          copy.getClass() == value.getClass() ? copier : copier(copy.getClass(), own, mode);
      return new Kept(copy, next, scan.hasEntities());
    } catch (Refusal e) {
      throw e.of(ROOT);
    } catch (RuntimeException | StackOverflowError e) {
      throw uncopied(value, e);
    }
  }

  /**
   * Whether an exception may be kept as it is; lets it hold nothing of those who threw it.
   *
   * @param home of the method that threw it
   */
  public boolean mayKeep(Throwable failure, Home home) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (!home.holds(each.getClass())) {
        return false;
      }
    }
    plans.backtraces().drop(failure);
    return true;
  }

  private static UncacheableValue uncopied(Object value, Throwable failure) {
    return new UncacheableValue(
        value.getClass().getTypeName(),
        ROOT,
        "could not be copied: " + failure,
        "return a value that nobody changes meanwhile, or set values = share");
  }

  /**
   * What to keep of a value that nobody else holds, as a codec has just made it: the value itself,
   * of which only callers get copies.
   *
   * @param value may be null, which is shared
   * @throws UncacheableValue if copies are needed and none can be made
   */
  public Kept adopt(Object value, ValueMode asked) throws UncacheableValue {
    ValueMode mode = mode(value, asked);
    if (value == null || plans.isShared(value, mode)) {
      return new Kept(value, null);
    }
    try {
      Scan own = new Scan(plans, true, null);
      boolean frozen = own.visit(value);
      boolean isShared = mode == ValueMode.SHARE || (frozen && mode == ValueMode.AUTO);
      Copier copier = isShared ? null : copier(value.getClass(), own, mode);
      return new Kept(value, copier, own.hasEntities());
    } catch (Refusal e) {
      throw e.of(ROOT);
    } catch (RuntimeException | StackOverflowError e) {
      throw uncopied(value, e);
    }
  }

  /** How a value is given; what its callers use up is shared by none, whatever was asked for. */
  private ValueMode mode(Object value, ValueMode asked) {
    return asked == ValueMode.SHARE && value != null && plans.of(value.getClass()).isUsedUp()
        ? ValueMode.AUTO
        : asked;
  }

  /** What copies values of a class that look as that scan found. */
  private Copier copier(Class<?> type, Scan scan, ValueMode mode) {
    Plan plan = plans.of(type);
    if (scan.isFlat() && plan.shallow() != null) {
      return plan.shallow();
    }
    boolean duplicate = mode == ValueMode.COPY;
    if (scan.hasShared()) {
      return kept -> Copying.graph(plans).root(kept, plan, duplicate);
    }
    return duplicate ? kept -> plan.duplicate(kept, trees) : kept -> plan.copy(kept, trees);
  }
}
