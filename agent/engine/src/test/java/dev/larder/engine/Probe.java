/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.TargetSpec.Operation;
import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.ValueMode;
import dev.larder.spi.ObjectStore;
import dev.larder.spi.ObjectStores;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * An engine under test with a class that asks it as woven code does: {@code find(long)} is written
 * out by hand, question for question.
 */
final class Probe {

  final Map<String, CachePolicy> policies = new HashMap<>();
  final Engine engine =
      new Engine(new MapPolicies(), new MapStores(), FieldAccess.plain(), Handlers.NONE);

  static CachePolicy policy() {
    return new CachePolicy(
        true,
        60_000,
        null,
        0,
        0,
        null,
        null,
        null,
        null,
        true,
        0,
        0,
        0,
        0,
        List.of(),
        Scope.AUTO,
        ValueMode.AUTO,
        true,
        10_000);
  }

  /** A repository whose one method is woven. */
  final class Repository {
    private final Target target;
    private final MethodHandle hit;
    private final Function<Long, Object> body;

    Repository(String cache, Function<Long, Object> body) {
      TargetSpec spec =
          new TargetSpec(
              Repository.class.getName(),
              "find",
              "(J)Ljava/lang/Object;",
              false,
              List.of("id"),
              Set.of(),
              new Operation(cache, Map.of()),
              List.of(),
              List.of(),
              List.of(),
              EnumSet.noneOf(TargetSpec.Trait.class));
      this.body = body;
      this.target = engine.target(spec, MethodHandles.lookup());
      try {
        this.hit = target.hitHandle(MethodType.methodType(Object.class, Object.class, long.class));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("no hit site", e);
      }
    }

    Object find(long id) {
      try {
        Object value = (Object) hit.invokeExact((Object) this, id);
        if (value != null) {
          return value;
        }
        Object ticket = target.miss(this, new Object[] {id});
        if (Target.answered(ticket)) {
          return Target.answer(ticket);
        }
        try {
          return Target.exit(body.apply(id), ticket);
        } catch (Throwable failure) {
          return Target.fail(failure, ticket);
        }
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable checked) {
        throw new AssertionError(checked);
      }
    }
  }

  private final class MapPolicies implements Policies {
    @Override
    public CachePolicy of(Operation operation) {
      return policies.getOrDefault(operation.cache(), policy());
    }

    @Override
    public EvictPolicy evict(Operation operation) {
      return new EvictPolicy(null, null, false, null, false);
    }

    @Override
    public Bounds bounds(String cache) {
      return new Bounds(10_000, Long.MAX_VALUE);
    }

    @Override
    public long duration(String attribute, String text) {
      return Long.parseLong(text);
    }
  }

  /** Stores without bounds. */
  private static final class MapStores implements ObjectStores {
    @Override
    public <E> ObjectStore<E> create(long most, long heaviest, ToLongFunction<? super E> weigher) {
      return new MapStore<>();
    }
  }

  private static final class MapStore<E> implements ObjectStore<E> {
    private final ConcurrentHashMap<Object, E> entries = new ConcurrentHashMap<>();

    @Override
    public E get(Object key) {
      return entries.get(key);
    }

    @Override
    public void put(Object key, E entry) {
      entries.put(key, entry);
    }

    @Override
    public E remove(Object key) {
      return entries.remove(key);
    }

    @Override
    public boolean remove(Object key, E entry) {
      return entries.remove(key, entry);
    }

    @Override
    public long removeIf(Predicate<? super E> test) {
      long before = entries.size();
      entries.values().removeIf(test);
      return before - entries.size();
    }

    @Override
    public long clear() {
      long count = entries.size();
      entries.clear();
      return count;
    }

    @Override
    public long size() {
      return entries.size();
    }

    @Override
    public long evictions() {
      return 0;
    }

    @Override
    public void resize(long maxEntries, long maxWeight) {
      throw new AssertionError("not asked for");
    }
  }
}
