/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Adapters.SuspendAdapter;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.observe.MethodWatch;
import dev.larder.engine.observe.Subject;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the targets of {@code mode = observe}. */
final class ObservedTargets {

  private final Engine engine;
  private final Adapters adapters;

  ObservedTargets(Engine engine, Adapters adapters) {
    this.engine = engine;
    this.adapters = adapters;
  }

  /**
   * The target that a woven method is.
   *
   * @throws FaultyAttribute if an attribute of its annotation, or a key of the file, is faulty
   */
  Target target(TargetSpec spec, Body body) throws FaultyAttribute {
    if (spec.lookup() == null) {
      return Target.idle(engine, spec);
    }
    Attributes attributes =
        Attributes.ofLookUp(
            spec, engine.policies().of(spec.lookup()), body, engine.keyParts(), engine.access());
    SuspendAdapter suspends = null;
    if (attributes.shape() == ReturnShape.SUSPENDED) {
      suspends =
          adapters.ofContinuation(body.type().parameterType(body.type().parameterCount() - 1));
      if (suspends == null) {
        return Target.idle(engine, spec); // its resumptions would look like calls
      }
    }
    MethodWatch watch = engine.observations().of(subject(spec, attributes, body));
    return watch == null
        ? Target.idle(engine, spec)
        : new Target(engine, spec, new Observing(engine, spec, attributes, body, watch, suspends));
  }

  private Subject subject(TargetSpec spec, Attributes attributes, Body body) {
    String carrier = attributes.firstCarrier(spec, body.type());
    String obstacle = null;
    if (carrier != null) {
      obstacle = "its parameter " + carrier + " carries a call and is no value";
    } else if (spec.traits().contains(TargetSpec.Trait.GUARDED)) {
      obstacle = "it is a proxy's that carries authorisation, which a hit would pass by";
    }
    String cache = spec.lookup().cache();
    return new Subject(
        typeName(spec, body),
        spec.method(),
        Arrays.stream(body.type().parameterArray())
            .map(Class::getTypeName)
            .collect(Collectors.joining(", ")),
        cache,
        !spec.lookup().attributes().isEmpty() || !engine.policies().namesMethods(cache),
        spec.traits().contains(TargetSpec.Trait.ASKED_FOR),
        attributesOf(attributes.policy()),
        obstacle,
        attributes.shape().isSource()
            ? "it gives a "
                + body.type().returnType().getName()
                + ", and what its subscribers get is not observed"
            : null);
  }

  private static Map<String, String> attributesOf(CachePolicy policy) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(CacheKeys.KEY.name(), policy.key());
    attributes.put(CacheKeys.CONDITION.name(), policy.condition());
    attributes.put(CacheKeys.UNLESS.name(), policy.unless());
    attributes.put(CacheKeys.TAGS.name(), policy.tags());
    if (policy.scope() != CacheKeys.Scope.AUTO) {
      attributes.put(CacheKeys.SCOPE.name(), policy.scope().name().toLowerCase(Locale.ROOT));
    }
    attributes.values().removeIf(Objects::isNull);
    return attributes;
  }

  /** The class, and of a proxy the interface, by which a pattern would name the method. */
  private static String typeName(TargetSpec spec, Body body) {
    Class<?> owner = body.owner();
    MethodType type = body.type();
    if (Proxy.isProxyClass(owner)) {
      for (Class<?> each : owner.getInterfaces()) {
        if (has(each, spec.method(), type)) {
          return each.getName();
        }
      }
    }
    return spec.declaringClass();
  }

  private static boolean has(Class<?> type, String method, MethodType signature) {
    try {
      return type.getMethod(method, signature.parameterArray()) != null;
    } catch (NoSuchMethodException | LinkageError ofAnother) {
      return false;
    }
  }
}
