/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.expr.Expression;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.expr.Names;
import dev.larder.engine.expr.Template;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.Policies.EvictPolicy;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a target's calls remove, before or after the body. */
final class Evictions {

  private final Engine engine;
  private final TargetSpec spec;
  private final List<Eviction> evictions = new ArrayList<>();

  /** One eviction; the prefix is what its attributes' names begin with. */
  private record Eviction(
      String prefix,
      String cache,
      boolean before,
      boolean all,
      Template key,
      List<Template> tags,
      Expression condition) {}

  Evictions(Engine engine, TargetSpec spec) {
    this.engine = engine;
    this.spec = spec;
  }

  /** Adds an eviction, compiled. */
  void add(Operation operation, EvictPolicy policy, Names names, FieldAccess access)
      throws FaultyAttribute {
    String prefix = operation.attributes().containsKey(TargetSpec.BY_FILE) ? "evict-" : "";
    Names known = policy.beforeInvocation() ? names : names.withResult(null);
    evictions.add(
        new Eviction(
            prefix,
            operation.cache(),
            policy.beforeInvocation(),
            policy.all(),
            Attributes.compile(
                prefix + "key", policy.key(), text -> Template.key(text, known, access)),
            policy.tags() == null
                ? List.of()
                : Attributes.compile(
                    prefix + "tags", policy.tags(), text -> Template.tags(text, known, access)),
            Attributes.compile(
                prefix + "condition",
                policy.condition(),
                text -> Expression.compile(text, known, access))));
  }

  boolean isEmpty() {
    return evictions.isEmpty();
  }

  /** Removes what is to go before the body runs. */
  void before(Object[] arguments) {
    evict(true, arguments, null, Transactions.current());
  }

  /**
   * Removes what is to go after the call has returned, or lets it wait for the end of a
   * transaction.
   *
   * @param transaction in which the call began; null for none
   */
  void after(Object[] arguments, Object result, Transaction transaction) {
    evict(false, arguments, result, transaction);
  }

  private void evict(boolean before, Object[] arguments, Object result, Transaction transaction) {
    for (Eviction eviction : evictions) {
      if (eviction.before() == before) {
        evict(eviction, arguments, result, transaction);
      }
    }
  }

  private void evict(
      Eviction eviction, Object[] arguments, Object result, Transaction transaction) {
    if (!isAsked(eviction, arguments, result)) {
      return;
    }
    // Responses go last: what is made of an entry until that has gone goes with them.
    if (eviction.all()) {
      remove(eviction, new Removal.OfCache(eviction.cache()), transaction);
      remove(eviction, new Removal.OfResponses(eviction.cache()), transaction);
      return;
    }
    for (Template each : eviction.tags()) {
      String tag = text(eviction, "tags", each, arguments, result);
      if (tag != null) {
        remove(eviction, new Removal.OfTag(tag), transaction);
        remove(eviction, new Removal.OfTaggedResponses(tag), transaction);
      }
    }
    if (eviction.key() == null && eviction.tags().isEmpty()) {
      evictByArguments(eviction, arguments, transaction);
    } else if (eviction.key() != null) {
      String key = text(eviction, "key", eviction.key(), arguments, result);
      if (key != null) {
        remove(eviction, new Removal.OfKey(eviction.cache(), key), transaction);
        remove(eviction, new Removal.OfResponsesTo(eviction.cache(), key), transaction);
      }
    }
  }

  /** Whether the condition holds; that it fails is no reason to keep what may be wrong by now. */
  private boolean isAsked(Eviction eviction, Object[] arguments, Object result) {
    try {
      return eviction.condition() == null || eviction.condition().test(arguments, result);
    } catch (ExpressionException failed) {
      warn(eviction, "it evicts, since {}{}: {}", "condition", failed);
      return true;
    }
  }

  /** The text of a template; null where it has none, and nothing can go by it. */
  private String text(
      Eviction eviction, String attribute, Template template, Object[] arguments, Object result) {
    try {
      return template.render(arguments, result);
    } catch (ExpressionException | NoKeyException failed) {
      warn(eviction, "an eviction is left out, since {}{}: {}", attribute, failed);
      return null;
    }
  }

  private void warn(Eviction eviction, String message, String attribute, Exception failed) {
    engine.cache(eviction.cache()).counters.errors.increment();
    engine.warnings().once(spec, message, eviction.prefix(), attribute, failed.getMessage());
  }

  private void evictByArguments(Eviction eviction, Object[] arguments, Transaction transaction) {
    if (engine.hasKeyedMethodsAlone(eviction.cache())) {
      engine
          .warnings()
          .once(
              spec,
              "it evicts by its arguments from {}, whose methods have a key, so that nothing goes;"
                  + " give the eviction a key as well",
              eviction.cache());
    }
    Object[] counted = counted(arguments, spec.ignored());
    remove(eviction, engine.ofArguments(eviction.cache(), counted), transaction);
  }

  private void remove(Eviction eviction, Removal removal, Transaction transaction) {
    if (eviction.before()) {
      TransactionWork.removeAtOnce(engine.entryRemovals(), removal, transaction);
    } else if (!TransactionWork.later(engine.entryRemovals(), removal, transaction)) {
      removal.by(engine.entryRemovals());
    }
  }

  private static Object[] counted(Object[] arguments, Set<Integer> ignored) {
    if (ignored.isEmpty()) {
      return arguments;
    }
    List<Object> counted = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (!ignored.contains(i)) {
        counted.add(arguments[i]);
      }
    }
    return counted.toArray();
  }
}
