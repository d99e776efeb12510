/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import dev.larder.engine.expr.Expression;
import dev.larder.engine.expr.FaultyExpression;
import dev.larder.engine.expr.Names;
import dev.larder.engine.expr.Template;
import dev.larder.engine.key.CarrierTypes;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.KeyParts;
import dev.larder.engine.key.NoKeyException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * What one annotation, or the file in its place, asks for, compiled: templates, expressions and the
 * parameters that count.
 */
public final class Attributes {

  private final CachePolicy policy;
  private final CallArguments arguments;
  private final EvictedArguments evicted;
  private final List<String> parameterNames;
  private final Template keyTemplate;
  private final Expression condition;
  private final Expression unless;
  private final List<Template> tags;
  private final Template ttl;
  private final ReturnShape shape;
  private final boolean takesNull;
  private final ValueTypes valueTypes;
  private final BatchShape batch;

  /** Null where it need not be asked. */
  private final GivenBack givenBack;

  private Attributes(
      TargetSpec spec,
      CachePolicy policy,
      boolean isPut,
      Body body,
      KeyParts keyParts,
      FieldAccess access)
      throws FaultyAttribute {
    MethodType type = body.type();
    this.policy = policy;
    this.batch = policy.batch() ? BatchShape.of(spec, body) : null;
    MethodType counted = batch == null ? type : batch.typeOfElement(type);
    this.arguments = new CallArguments(keyParts, counted, spec.ignored());
    this.evicted =
        new EvictedArguments(
            arguments,
            body,
            receiver ->
                batch == null
                    ? body.genericParameterTypes(receiver)
                    : batch.typesOfElement(body.genericParameterTypes(receiver)));
    this.parameterNames = namesOf(spec, type);
    this.shape = ReturnShape.of(type);
    this.takesNull = ReturnShape.takesNull(type);
    this.valueTypes =
        new ValueTypes(
            body,
            receiver ->
                batch == null ? shape.valueType(body, receiver) : batch.valueType(body, receiver));
    // Of a look-up the key and the condition are asked before there is a result, of a put after.
    Names ofCondition =
        new Names(parameterNames, Arrays.asList(type.parameterArray()), isPut, null);
    Names ofKey = new Names(parameterNames, Arrays.asList(counted.parameterArray()), isPut, null);
    Names withResult = ofKey.withResult(null);
    this.keyTemplate = compile("key", policy.key(), text -> Template.key(text, ofKey, access));
    this.condition =
        compile(
            "condition", policy.condition(), text -> Expression.compile(text, ofCondition, access));
    this.unless =
        compile("unless", policy.unless(), text -> Expression.compile(text, withResult, access));
    this.tags =
        policy.tags() == null
            ? List.of()
            : compile("tags", policy.tags(), text -> Template.tags(text, withResult, access));
    this.ttl =
        compile("ttl", policy.ttlTemplate(), text -> Template.text(text, withResult, access));
    Type[] parameters = body.genericParameterTypes();
    this.givenBack =
        batch != null || parameters.length != type.parameterCount()
            ? null
            : GivenBack.of(valueType(), parameters, keyTemplate != null, spec.ignored());
  }

  /**
   * Compiles the attributes by which calls are looked up.
   *
   * @throws FaultyAttribute if one of them is faulty; it says which, and where
   */
  public static Attributes ofLookUp(
      TargetSpec spec, CachePolicy policy, Body body, KeyParts keyParts, FieldAccess access)
      throws FaultyAttribute {
    return new Attributes(spec, policy, false, body, keyParts, access);
  }

  /**
   * Compiles the attributes of a put.
   *
   * @throws FaultyAttribute if one of them is faulty; it says which, and where
   */
  public static Attributes ofPut(
      TargetSpec spec, CachePolicy policy, Body body, KeyParts keyParts, FieldAccess access)
      throws FaultyAttribute {
    return new Attributes(spec, policy, true, body, keyParts, access);
  }

  /** What compiles the text of one attribute. */
  @FunctionalInterface
  public interface Compiler<T> {
    T compile(String text) throws FaultyExpression;
  }

  /**
   * Compiles the text of one attribute; null where there is none.
   *
   * @throws FaultyAttribute if it is faulty; it says which, and where
   */
  public static <T> T compile(String attribute, String text, Compiler<T> compiler)
      throws FaultyAttribute {
    if (text == null) {
      return null;
    }
    try {
      return compiler.compile(text);
    } catch (FaultyExpression faulty) {
      throw new FaultyAttribute(
          attribute, text, faulty.getMessage() + " (at position " + faulty.position() + ")");
    }
  }

  private static List<String> namesOf(TargetSpec spec, MethodType type) {
    return spec.parameterNames().size() == type.parameterCount()
        ? spec.parameterNames()
        : Arrays.asList(new String[type.parameterCount()]);
  }

  public CachePolicy policy() {
    return policy;
  }

  public CallArguments arguments() {
    return arguments;
  }

  /**
   * As what the arguments of an evict are read that may mean calls on a variant's receivers.
   *
   * @param variant null for as the method declares its parameters
   */
  public CallArguments evicted(Variant variant) {
    return evicted.of(variant);
  }

  /** The parts of keys that an evict with such arguments means; null where it means none. */
  public Object[] partsOfEvict(Object[] given) {
    try {
      return keyTemplate == null ? evicted.of(null).partsOfEvict(given) : null;
    } catch (NoKeyException noKey) {
      return null;
    }
  }

  /** Null where the arguments are the key. */
  public Template keyTemplate() {
    return keyTemplate;
  }

  /** Null where every call counts. */
  public Expression condition() {
    return condition;
  }

  /** Null where every result is kept. */
  public Expression unless() {
    return unless;
  }

  public List<Template> tags() {
    return tags;
  }

  /** Null where the ttl is the same for every result. */
  public Template ttl() {
    return ttl;
  }

  /** How the method gives its value. */
  public ReturnShape shape() {
    return shape;
  }

  /** Whether callers can be given a null that another method has left under the same key. */
  public boolean takesNull() {
    return takesNull;
  }

  /** Whether the class that a caller takes a value for may be another for equal keys. */
  public boolean isOpenToCallers() {
    return givenBack != null;
  }

  /** Whether a caller with such arguments may take a value for what the method gives it. */
  public boolean allows(Object value, Object[] arguments) {
    return givenBack == null || value == null || givenBack.allow(value, arguments);
  }

  /** Whether its callers get the same value in two forms, so that none of them can be kept. */
  public boolean hasTwoForms() {
    return shape.hasTwoForms(valueTypes.declared().type());
  }

  /** Where the elements are; null where a call is cached as a whole. */
  public BatchShape batch() {
    return batch;
  }

  /** The declared type of the value that is kept. */
  public Type valueType() {
    return valueTypes.declared().type();
  }

  /** The same, for each class of receivers. */
  public ValueTypes valueTypes() {
    return valueTypes;
  }

  /**
   * The declared type of the value, by name, where entries of several methods may meet; empty where
   * a key belongs to its method.
   */
  public String type(Variant variant) {
    return keyTemplate == null ? "" : valueTypes.of(variant).name();
  }

  /** The same of a type of theirs. */
  public String type(ValueType type) {
    return keyTemplate == null ? "" : type.name();
  }

  /** A parameter's name, or its position where the name is not known. */
  public String parameterName(int position) {
    String name = parameterNames.get(position);
    return name == null ? "p" + position : name;
  }

  /**
   * The name of the first parameter that carries a call rather than being a value; null for none.
   */
  public String firstCarrier(TargetSpec spec, MethodType type) {
    for (int i = 0; keyTemplate == null && i < type.parameterCount(); i++) {
      if (!spec.ignored().contains(i) && CarrierTypes.isCarrier(type.parameterType(i))) {
        return parameterName(i) + " (" + type.parameterType(i).getName() + ")";
      }
    }
    return null;
  }
}
