/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.framework;

import dev.larder.Cache;
import dev.larder.CachePut;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a framework of the house gives its applications to extend. */
public abstract class Repository<T, K> implements Finder<T, K> {

  public static int runs;

  protected abstract T load(K key, int run);

  protected final T next(K key) {
    return load(key, ++runs);
  }

  @Cache
  public T one(K key) {
    return next(key);
  }

  @Cache
  public List<T> all() {
    List<T> all = new ArrayList<>();
    all.add(next(null));
    return all;
  }

  @Cache
  public Optional<T> maybe(K key) {
    return Optional.of(next(key));
  }

  @Cache
  public CompletableFuture<T> later(K key) {
    return CompletableFuture.completedFuture(next(key));
  }

  @Cache
  public Map<K, List<? extends T>> nested(K key) {
    return Map.of(key, List.of(next(key)));
  }

  @Cache
  @SuppressWarnings("unchecked")
  public T[] array(K key) {
    T value = next(key);
    T[] array = (T[]) Array.newInstance(value.getClass(), 1);
    array[0] = value;
    return array;
  }

  @Cache
  @SuppressWarnings("unchecked")
  public <S extends T> S bounded(K key) {
    return (S) next(key);
  }

  @Cache(batch = true)
  public Map<K, T> each(Collection<K> keys) {
    Map<K, T> all = new LinkedHashMap<>();
    keys.forEach(key -> all.put(key, next(key)));
    return all;
  }

  @Cache(value = "keyed", key = "{key}")
  public T keyed(K key) {
    return next(key);
  }

  @CachePut(value = "keyed", key = "{key}")
  public T put(K key, T value) {
    return value;
  }
}
