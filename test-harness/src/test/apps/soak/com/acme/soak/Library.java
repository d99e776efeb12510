/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak;

import dev.larder.Cache;
import dev.larder.CacheIgnore;
import java.util.List;
import java.util.concurrent.Callable;

/** Cached methods of a class that all deployments share, with arguments and values of theirs. */
public final class Library {

  private Library() {}

  /** Keyed by an object of a deployment. */
  @Cache(value = "library.text", ttl = "forever")
  public static String text(Object subject) {
    return subject.toString();
  }

  /** Gives an object of a deployment: of none that another one could be given. */
  @Cache(value = "library.made", ttl = "forever", key = "{id}")
  public static Object made(long id, @CacheIgnore Callable<?> maker) throws Exception {
    return maker.call();
  }

  /** Gives them deep within a collection of the JDK's. */
  @Cache(value = "library.listed", ttl = "forever")
  public static List<Object> listed(long id, @CacheIgnore Callable<?> maker) throws Exception {
    return List.of("a", List.of(maker.call()));
  }

  /** Throws what a deployment throws, and what has a deployment's code on its stack. */
  @Cache(value = "library.thrown", ttl = "forever")
  public static String thrown(long id, @CacheIgnore Callable<String> thrower) throws Exception {
    return thrower.call();
  }
}
