/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches what a method returns.
 *
 * <p>On a method with a body, whatever its visibility, and however it is called; on a method of an
 * interface it holds for whatever implements it. On a type it holds for every public instance
 * method that the type declares and that returns something, but {@code equals}, {@code hashCode},
 * {@code toString} and methods with {@link CacheEvict} or {@link CachePut}; a method's own {@code
 * Cache} replaces the type's whole.
 *
 * <p>Every attribute is also a key of the properties file, in kebab-case behind {@code
 * cache.NAME.}, and the file wins. An empty text means that the attribute is not given. Without the
 * agent the annotation does nothing.
 *
 * <p>A <em>duration</em> is {@code 500ms}, {@code 60s}, {@code 5m}, {@code 2h}, {@code 1d}, an
 * ISO-8601 duration, or {@code forever}. A <em>template</em> is text with {@code {expression}} in
 * it; <code>{{</code> and <code>}}</code> are braces. An <em>expression</em> names parameters (by
 * name, or as {@code p0}, {@code p1} …), {@code result}, and their properties, and compares and
 * combines them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Cache {

  /**
   * The cache's name: any text without control characters. Empty: the class or interface that
   * carries the annotation, a dot, and the method's name.
   */
  String value() default "";

  /**
   * How long a result is kept: a duration, or a template of one ({@code {result.maxAge}s}). {@code
   * 0} does not cache. Empty: the configuration's {@code ttl}, five minutes where it says none.
   */
  String ttl() default "";

  /** A duration: a result is also gone when it was not read for so long. Empty: no such limit. */
  String idle() default "";

  /**
   * A template of the key. Its text alone is the key within the cache, whichever method gave it.
   * Empty: all arguments, by value.
   */
  String key() default "";

  /**
   * An expression over the arguments. Where it is false the call is neither looked up nor stored.
   */
  String condition() default "";

  /** An expression over the arguments and {@code result}. Where it is true nothing is stored. */
  String unless() default "";

  /** Templates, separated by commas: the tags by which {@link Larder#evictTag} finds the entry. */
  String tags() default "";

  /** Whether {@code null} is a result like any other. */
  boolean cacheNull() default true;

  /**
   * A share of the ttl, such as {@code 80%}: an access after it gets the kept value at once and
   * starts one background run that renews it. Empty: no such run.
   */
  String refreshAhead() default "";

  /**
   * A duration: for so long after the ttl the old value is served at once, while one background run
   * makes the new one. Empty: not at all.
   */
  String staleWhileRevalidate() default "";

  /**
   * A duration: for so long after the ttl the old value is served where the body throws. Empty: not
   * at all.
   */
  String staleIfError() default "";

  /**
   * What of the receiver belongs to the key: {@code auto} (its simple fields, and one receiver of
   * its class only), {@code shared} (nothing but its class) or {@code instance} (its identity; in
   * memory only). Empty: {@code auto}.
   */
  String scope() default "";

  /**
   * Whether {@code Map<K,V> f(Collection<K>)} and {@code List<V> f(List<K>)} are cached element by
   * element: the body runs once, for the elements that are not cached. In {@code key}, {@code
   * tags}, {@code unless} and {@code ttl} the parameter's name then stands for the element, and
   * {@code result} for its value.
   */
  boolean batch() default false;
}
