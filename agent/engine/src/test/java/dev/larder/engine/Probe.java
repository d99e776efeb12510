/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.Policies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.value.ValueMode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * An engine under test with a class that asks it as woven code does: {@code find(long)} is written
 * out by hand, question for question.
 */
final class Probe {

  final Map<String, CachePolicy> policies = new HashMap<>();
  final Map<String, RemotePolicy> remotes = new HashMap<>();
  final Engine engine;
  private final boolean observes;

  /** The share of hits that are verified by targets to come. */
  double verify;

  /** An engine whose caches are all kept in memory. */
  Probe() {
    this(null);
  }

  /** An engine that keeps with a backend the caches of {@link #remotes}. */
  Probe(BackendFactory backends) {
    this(backends, Handlers.NONE);
  }

  /** The same, beside an HTTP part. */
  Probe(BackendFactory backends, Handlers handlers) {
    this(backends, handlers, Witness.NONE);
  }

  /** The same, of which somebody is told what happens in it. */
  Probe(BackendFactory backends, Handlers handlers, Witness witness) {
    this(backends, handlers, witness, false);
  }

  private Probe(BackendFactory backends, Handlers handlers, Witness witness, boolean observes) {
    this.observes = observes;
    engine =
        new Engine(
            new MapPolicies(),
            new MemoryStores(),
            FieldAccess.plain(),
            handlers,
            Adapters.NONE,
            backends,
            witness);
  }

  /** An engine that observes in place of caching. */
  static Probe observing() {
    return new Probe(null, Handlers.NONE, Witness.NONE, true);
  }

  static CachePolicy policy() {
    return policy(60_000, 0, 0, false);
  }

  /** A policy whose key is a template. */
  static CachePolicy keyedPolicy(String key) {
    return policy(key, null, null, true, 60_000, 0, 0, 0, false);
  }

  /** A policy with tags. */
  static CachePolicy taggedPolicy(String tags) {
    return taggedPolicy(tags, 60_000);
  }

  /** The same, of such a time in milliseconds. */
  static CachePolicy taggedPolicy(String tags, long ttl) {
    return policy(null, null, tags, true, ttl, 0, 0, 0, false);
  }

  /** A policy by element. */
  static CachePolicy batchPolicy(String key, String unless, String tags, boolean cacheNull) {
    return policy(key, unless, tags, cacheNull, 60_000, 0, 0, 0, true);
  }

  /** A policy of such times, in milliseconds. */
  static CachePolicy policy(long ttl, long staleWhileRevalidate, long staleIfError, boolean batch) {
    return policy(null, null, null, true, ttl, staleWhileRevalidate, staleIfError, 0, batch);
  }

  /** A policy that keeps exceptions, of such times, in milliseconds. */
  static CachePolicy failurePolicy(
      long ttl, long staleWhileRevalidate, long staleIfError, long cacheExceptions) {
    return policy(
        null, null, null, true, ttl, staleWhileRevalidate, staleIfError, cacheExceptions, false);
  }

  /** A policy that keeps old values and exceptions, of such times, under a template's text. */
  static CachePolicy keyedFailurePolicy(
      String key, long ttl, long staleIfError, long cacheExceptions) {
    return policy(key, null, null, true, ttl, 0, staleIfError, cacheExceptions, false);
  }

  /** A policy by which nobody waits longer than this. */
  static CachePolicy waitingPolicy(long millis) {
    CachePolicy usual = policy();
    return new CachePolicy(
        usual.enabled(),
        usual.ttl(),
        usual.ttlTemplate(),
        usual.idle(),
        usual.jitter(),
        usual.key(),
        usual.condition(),
        usual.unless(),
        usual.tags(),
        usual.cacheNull(),
        usual.refreshAhead(),
        usual.staleWhileRevalidate(),
        usual.staleIfError(),
        usual.cacheExceptions(),
        usual.staleOn(),
        usual.scope(),
        usual.values(),
        usual.detachedEntities(),
        usual.singleFlight(),
        millis,
        usual.batch());
  }

  private static CachePolicy policy(
      String key,
      String unless,
      String tags,
      boolean cacheNull,
      long ttl,
      long staleWhileRevalidate,
      long staleIfError,
      long cacheExceptions,
      boolean batch) {
    return new CachePolicy(
        true,
        ttl,
        null,
        0,
        0,
        key,
        null,
        unless,
        tags,
        cacheNull,
        0,
        staleWhileRevalidate,
        staleIfError,
        cacheExceptions,
        List.of(),
        Scope.AUTO,
        ValueMode.AUTO,
        false,
        true,
        10_000,
        batch);
  }

  /** A target as woven code links it. */
  Target target(MethodHandles.Lookup caller, Method method, String cache, String... parameters) {
    return target(caller, method, cache, EnumSet.noneOf(TargetSpec.Trait.class), parameters);
  }

  /** The same, with what the weaver has found out about it. */
  Target target(
      MethodHandles.Lookup caller,
      Method method,
      String cache,
      Set<TargetSpec.Trait> traits,
      String... parameters) {
    return engine.target(
        new TargetSpec(
            method.getDeclaringClass().getName(),
            method.getName(),
            MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString(),
            Modifier.isStatic(method.getModifiers()),
            List.of(parameters),
            Set.of(),
            new Operation(cache, Map.of()),
            List.of(),
            List.of(),
            List.of(),
            traits),
        caller);
  }

  /** What woven code asks around a body that the hit site does not know. */
  static Object call(Target target, Object receiver, Object[] arguments, Callable<?> body) {
    try {
      Object ticket = target.miss(receiver, arguments);
      if (Target.answered(ticket)) {
        return Target.answer(ticket);
      }
      try {
        return Target.exit(body.call(), ticket);
      } catch (Throwable failure) {
        return Target.fail(failure, ticket);
      }
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new AssertionError(checked);
    }
  }

  /** A repository whose one method is woven. */
  final class Repository {
    final Target target;
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

  /** A method whose body always runs, and whose result is put under its first argument's text. */
  final class Writer {
    private final Target target;
    private final Runnable before;

    Writer(String cache) {
      this(cache, () -> {}, EnumSet.noneOf(TargetSpec.Trait.class));
    }

    /** A method of a generated proxy, which reaches something first. */
    Writer(String cache, Runnable reached) {
      this(cache, reached, EnumSet.of(TargetSpec.Trait.PUTS_AROUND));
    }

    Writer(String cache, Runnable before, Set<TargetSpec.Trait> traits) {
      this.before = before;
      policies.putIfAbsent(cache, keyedPolicy("{id}"));
      target =
          engine.target(
              new TargetSpec(
                  Writer.class.getName(),
                  "update",
                  "(JLjava/lang/Object;)Ljava/lang/Object;",
                  false,
                  List.of("id", "value"),
                  Set.of(),
                  null,
                  List.of(),
                  List.of(new Operation(cache, Map.of())),
                  List.of("Writing.update(long,Object)"),
                  traits),
              MethodHandles.lookup());
    }

    @SuppressWarnings("unused") // found by its name, as the body of a target
    Object update(long id, Object value) {
      return call(
          target,
          this,
          new Object[] {id, value},
          () -> {
            before.run();
            return value;
          });
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
    public boolean observes() {
      return observes;
    }

    @Override
    public RemotePolicy remote(String cache) {
      return remotes.get(cache);
    }

    @Override
    public List<RemotePolicy> remotes() {
      return remotes.values().stream().limit(1).toList();
    }

    @Override
    public double verify() {
      return verify;
    }

    @Override
    public long duration(String attribute, String text) {
      return Long.parseLong(text);
    }
  }
}
