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
  private final Copier tree;
  private final Copier graph;
  private final Copier duplicateTree;
  private final Copier duplicateGraph;

  /**
   * Keeps values of classes that can be looked into.
   *
   * @param access gives access to the fields of the application's classes
   */
  public Values(FieldAccess access) {
    this.plans = new Plans(access);
    this.trees = Copying.tree(plans);
    this.tree = kept -> trees.root(kept, false);
    this.graph = kept -> Copying.graph(plans).root(kept, false);
    this.duplicateTree = kept -> trees.root(kept, true);
    this.duplicateGraph = kept -> Copying.graph(plans).root(kept, true);
  }

  /**
   * What to keep of a value that a method has just given.
   *
   * @param value may be null, which is shared
   * @throws UncacheableValue if a copy is needed and none can be made
   */
  public Kept keep(Object value, ValueMode mode) throws UncacheableValue {
    if (value == null || mode == ValueMode.SHARE || plans.isShared(value, mode)) {
      return new Kept(value, null);
    }
    try {
      Scan scan = new Scan(plans, false);
      boolean frozen = scan.visit(value);
      if (mode == ValueMode.COPY) {
        Copier copier = scan.hasShared() ? duplicateGraph : duplicateTree;
        return new Kept(copier.copyOf(value), copier);
      }
      if (frozen) {
        return new Kept(value, null);
      }
      Copier copier = scan.hasShared() ? graph : tree;
      Object copy = copier.copyOf(value);
      return new Kept(copy, new Scan(plans, true).visit(copy) ? null : copier);
    } catch (Refusal e) {
      throw e.of(ROOT);
    } catch (RuntimeException | StackOverflowError e) {
      throw new UncacheableValue(
          value.getClass().getTypeName(),
          ROOT,
          "could not be copied: " + e,
          "return a value that nobody changes meanwhile, or set values = share");
    }
  }
}
