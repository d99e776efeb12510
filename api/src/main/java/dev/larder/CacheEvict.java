/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Removes entries of a cache after the method has returned well.
 *
 * <p>It acts after each call, also where the method's own result is cached and its body does not
 * run. With neither {@link #key}, {@link #tags} nor {@link #all} it removes the entries of all
 * methods of the cache with equal arguments. Without the agent the annotation does nothing.
 */
@Documented
@Repeatable(CacheEvict.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CacheEvict {

  /** The cache's name. Empty: the class that carries the annotation, a dot, the method's name. */
  String value() default "";

  /** A template of the key that goes. Empty: none. */
  String key() default "";

  /** Templates, separated by commas: the tags whose entries go, in every cache. Empty: none. */
  String tags() default "";

  /** Whether every entry of the cache goes. */
  boolean all() default false;

  /** An expression over the arguments and {@code result}: evicts only where it is true. */
  String condition() default "";

  /** Whether to evict before the method runs, whatever follows; {@code result} is unknown then. */
  boolean beforeInvocation() default false;

  /** What several {@link CacheEvict} on one method are compiled to. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {

    /** The annotations, in the order of the source. */
    CacheEvict[] value();
  }
}
