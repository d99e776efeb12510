/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Adapters.SuspendAdapter;
import dev.larder.engine.config.Parsers;
import dev.larder.engine.expr.Names;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What makes targets of woven methods: it compiles their attributes and finds what their calls
 * need. Where something is faulty it says so once, and the method runs uncached.
 */
final class TargetMaker {

  private final Engine engine;
  private final Adapters adapters;

  /**
   * What makes targets.
   *
   * @param adapters know the libraries whose types give their value later
   */
  TargetMaker(Engine engine, Adapters adapters) {
    this.engine = engine;
    this.adapters = adapters;
  }

  /**
   * The target that a woven method is from now on.
   *
   * @param caller a lookup with private access to the class
   * @param before what it was so far, whose entries are read on; null for nothing
   */
  Target target(TargetSpec spec, MethodHandles.Lookup caller, Target before) {
    try {
      checkNames(spec);
      Body body = new Body(caller, spec);
      if (engine.observations() != null) {
        return new ObservedTargets(engine, adapters).target(spec, body);
      }
      ReturnShape shape = ReturnShape.of(body.type());
      SourceAdapter sources = shape.isSource() ? sourceAdapter(body.type()) : null;
      SuspendAdapter suspends = shape == ReturnShape.SUSPENDED ? suspendAdapter(body.type()) : null;
      Caching caching =
          spec.lookup() == null
              ? null
              : caching(spec, body, before == null ? null : before.caching());
      return new Target(
          spec,
          shape,
          caching,
          body,
          sources == null ? null : new SourceCalls(caching, sources),
          suspends == null ? null : new SuspendCalls(caching, suspends),
          puts(spec, body),
          evictions(spec, body));
    } catch (UnsupportedLibrary unsupported) {
      engine.warnings().once(spec, "it runs uncached, since {}", unsupported.getMessage());
    } catch (FaultyAttribute faulty) {
      engine.warnings().once(spec, "it runs uncached, since {}", faulty.getMessage());
    } catch (TypeNotPresentException missing) {
      engine
          .warnings()
          .once(spec, "it runs uncached, since a type of it is missing: {}", missing.typeName());
    }
    return Target.idle(engine, spec);
  }

  /** Refuses the names of caches that are none. */
  private static void checkNames(TargetSpec spec) throws FaultyAttribute {
    List<Operation> operations = new ArrayList<>(spec.evictions());
    operations.addAll(spec.puts());
    if (spec.lookup() != null) {
      operations.add(spec.lookup());
    }
    for (Operation operation : operations) {
      if (operation.cache().chars().anyMatch(Character::isISOControl)) {
        throw new FaultyAttribute(
            "value",
            Parsers.shown(operation.cache()),
            "a cache's name has no control characters in it");
      }
    }
  }

  /** The adapter of a reactive type. */
  private SourceAdapter sourceAdapter(MethodType type) throws UnsupportedLibrary {
    return adapter(type.returnType(), adapters::ofSource);
  }

  /** The adapter of a suspend function. */
  private SuspendAdapter suspendAdapter(MethodType type) throws UnsupportedLibrary {
    return adapter(type.parameterType(type.parameterCount() - 1), adapters::ofContinuation);
  }

  private static <A> A adapter(Class<?> type, Function<Class<?>, A> known)
      throws UnsupportedLibrary {
    try {
      A adapter = known.apply(type);
      if (adapter == null) {
        throw new UnsupportedLibrary("nothing here knows " + type.getName());
      }
      return adapter;
    } catch (LinkageError | RuntimeException lacking) {
      throw new UnsupportedLibrary(
          "the application's version of "
              + type.getName()
              + " lacks what Larder needs of it: "
              + lacking);
    }
  }

  /** Says why the calls of a method cannot be looked up. */
  private static final class UnsupportedLibrary extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedLibrary(String reason) {
      super(reason, null, false, false);
    }
  }

  private Caching caching(TargetSpec spec, Body body, Caching before) throws FaultyAttribute {
    Attributes attributes =
        Attributes.ofLookUp(
            spec, engine.policies().of(spec.lookup()), body, engine.keyParts(), engine.access());
    if (attributes.shape() == ReturnShape.SUSPENDED
        && attributes.valueType().getTypeName().equals("kotlin.Unit")) {
      engine.warnings().once(spec, "it runs uncached, since it returns nothing that could be kept");
      return null;
    }
    if (attributes.hasTwoForms()) {
      engine
          .warnings()
          .once(
              spec,
              "it runs uncached, since it {}",
              givesTwoForms(attributes.valueType().getTypeName()));
      return null;
    }
    String carrier = attributes.firstCarrier(spec, body.type());
    if (carrier != null) {
      engine
          .warnings()
          .once(
              spec,
              "it runs uncached, since its parameter {} carries a call and is no value; give the method"
                  + " a key, or leave the parameter out with @CacheIgnore",
              carrier);
      return null;
    }
    if (attributes.keyTemplate() != null
        && !attributes.keyTemplate().hasExpression()
        && body.type().parameterCount() > 0) {
      engine
          .warnings()
          .once(
              spec,
              "its key {} has no expression in it, so that all of its calls share one entry",
              attributes.policy().key());
    }
    return new Caching(engine, spec, attributes, body, before);
  }

  private static String givesTwoForms(String type) {
    return "is a suspend function that gives a value class around an object ("
        + type
        + "), which Kotlin passes to some callers boxed and to others not; return a class of another"
        + " kind";
  }

  private Puts puts(TargetSpec spec, Body body) throws FaultyAttribute {
    List<Puts.Put> puts = new ArrayList<>();
    if (isSuspendingProxy(spec)) {
      return new Puts(engine, puts);
    }
    for (Operation operation : spec.puts()) {
      Attributes attributes =
          Attributes.ofPut(
              spec, engine.policies().of(operation), body, engine.keyParts(), engine.access());
      if (attributes.keyTemplate() == null) {
        throw new FaultyAttribute(
            "key", "", "a put needs a key, since nothing else would find what it stores");
      }
      boolean storable = !attributes.hasTwoForms();
      if (!storable) {
        engine
            .warnings()
            .once(
                spec,
                "it evicts what it is to put, since it {}",
                givesTwoForms(attributes.valueType().getTypeName()));
      }
      NamedCache cache = engine.cache(operation.cache());
      puts.add(
          new Puts.Put(
              spec,
              cache,
              cache.partition(body.loader()),
              attributes,
              storable,
              RemoteTiers.of(engine, spec, cache, null, attributes, body),
              attributes.valueTypes().declared()));
    }
    return new Puts(engine, puts);
  }

  /** Of a suspend function nobody can tell by the thread what it reaches. */
  private static boolean isSuspendingProxy(TargetSpec spec) {
    return spec.traits().contains(TargetSpec.Trait.PUTS_AROUND)
        && TargetSpec.isSuspending(spec.descriptor());
  }

  private Evictions evictions(TargetSpec spec, Body body) throws FaultyAttribute {
    Evictions evictions = new Evictions(engine, spec);
    if (!spec.evictions().isEmpty()) {
      List<String> known =
          spec.parameterNames().size() == body.type().parameterCount()
              ? spec.parameterNames()
              : Arrays.asList(new String[body.type().parameterCount()]);
      Names names = new Names(known, Arrays.asList(body.type().parameterArray()), false, null);
      for (Operation operation : spec.evictions()) {
        evictions.add(operation, engine.policies().evict(operation), names, engine.access());
      }
    }
    return evictions;
  }
}
