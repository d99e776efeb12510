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
 * Always runs the method and stores what it returns.
 *
 * <p>Where the result may not be stored, for any reason but {@link #condition} and {@link #unless},
 * the entry is evicted. Without the agent the annotation does nothing.
 */
@Documented
@Repeatable(CachePut.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CachePut {

  /** The cache's name. Empty: the class that carries the annotation, a dot, the method's name. */
  String value() default "";

  /** How long the result is kept: a duration or a template of one. Empty: as configured. */
  String ttl() default "";

  /** A template of the key. Without one nothing would find what is put: a put needs a key. */
  String key() default "";

  /**
   * An expression over the arguments and {@code result}: where it is false nothing is stored.
   * Empty: always.
   */
  String condition() default "";

  /** An expression over the arguments and {@code result}: where it is true nothing is stored. */
  String unless() default "";

  /** Templates, separated by commas: the tags of the entry. Empty: none. */
  String tags() default "";

  /** What several {@link CachePut} on one method are compiled to. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {

    /** The annotations, in the order of the source. */
    CachePut[] value();
  }
}
