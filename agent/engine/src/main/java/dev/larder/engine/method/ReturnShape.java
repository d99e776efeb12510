/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** How a method gives the value that is kept: as it is, inside something else, or later. */
public enum ReturnShape {
  /** The value itself. */
  PLAIN,
  /** An {@code Optional} of the value; empty where the value is null. */
  OPTIONAL,
  /** A {@code CompletionStage} or {@code CompletableFuture} that completes with the value. */
  STAGE,
  /** A {@code Future} whose {@code get} gives the value. */
  FUTURE,
  /** A source that gives each subscriber one value; none where the value is null. */
  SOURCE,
  /** A source that gives each subscriber several; their list is the value. */
  STREAM,
  /** The value of a suspend function of Kotlin's, at once or to the last argument. */
  SUSPENDED;

  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  private static final String SINGLE = "io.reactivex.rxjava3.core.Single";

  private static final Set<String> SOURCES =
      Set.of(
          "reactor.core.publisher.Mono",
          SINGLE,
          "io.reactivex.rxjava3.core.Maybe",
          "io.smallrye.mutiny.Uni");
  private static final Set<String> STREAMS = Set.of("reactor.core.publisher.Flux");

  public static ReturnShape of(MethodType method) {
    Class<?> returned = method.returnType();
    int last = method.parameterCount() - 1;
    if (returned == Object.class
        && last >= 0
        && method.parameterType(last).getName().equals(CONTINUATION)) {
      return SUSPENDED;
    }
    if (returned == Optional.class) {
      return OPTIONAL;
    }
    if (returned == CompletableFuture.class || returned == CompletionStage.class) {
      return STAGE;
    }
    if (returned == Future.class) {
      return FUTURE;
    }
    if (SOURCES.contains(returned.getName())) {
      return SOURCE;
    }
    return STREAMS.contains(returned.getName()) ? STREAM : PLAIN;
  }

  /** Whether a method's callers can be given null, or nothing, as its value. */
  static boolean takesNull(MethodType method) {
    Class<?> returned = method.returnType();
    return !returned.isPrimitive()
        && !returned.getName().equals(SINGLE)
        && !STREAMS.contains(returned.getName());
  }

  /** Whether the body runs when somebody subscribes to what a call has given. */
  public boolean isSource() {
    return this == SOURCE || this == STREAM;
  }

  /** Whether Larder runs the body itself, away from the call that asked for it. */
  public boolean runsElsewhere() {
    return isSource() || this == SUSPENDED;
  }

  /** Whether a caller is not to be kept waiting on its thread. */
  public boolean isLater() {
    return this == STAGE || this == FUTURE || runsElsewhere();
  }

  /** The value inside what a body returned at once; of what comes later there is none yet. */
  public Object unwrap(Object result) {
    return this == OPTIONAL
        ? result instanceof Optional<?> optional ? optional.orElse(null) : null
        : result;
  }

  /** Whether what a body returns at once is never null, but holds the value. */
  public boolean isHolder() {
    return this == OPTIONAL || this == STAGE || this == FUTURE;
  }

  /**
   * What a caller gets for a value; of a source, what its subscriber gets. The commonest shape is
   * asked for first, which costs a hit nothing, as its shape is a constant.
   */
  public Object wrap(Object value) {
    return this == PLAIN ? value : wrapped(value);
  }

  private Object wrapped(Object value) {
    return switch (this) {
      case PLAIN, SOURCE, STREAM, SUSPENDED -> value;
      case OPTIONAL -> Optional.ofNullable(value);
      case STAGE, FUTURE -> CompletableFuture.completedFuture(value);
    };
  }

  /**
   * The declared type of the value that a body gives in the end.
   *
   * @param receiver whose class resolves it; null for as it is declared
   */
  Type valueType(Body body, Class<?> receiver) {
    Type returned = body.genericReturnType(receiver);
    return switch (this) {
      case PLAIN -> returned;
      case OPTIONAL, STAGE, FUTURE, SOURCE -> argumentOf(returned);
      case STREAM -> new ListOf(argumentOf(returned));
      case SUSPENDED -> lowerBoundOf(argumentOf(body.genericLastParameter(receiver)));
    };
  }

  /**
   * Whether callers get a value now as it is and now boxed: so does a suspend function give a value
   * class of Kotlin's that holds an object, {@code kotlin.Result} too. It returns what the class
   * holds, and continues with the class itself. Which of them its callers take for what it returns,
   * its class file does not say.
   *
   * @param valueType what {@link #valueType} has given
   */
  boolean hasTwoForms(Type valueType) {
    Type raw = valueType instanceof ParameterizedType generic ? generic.getRawType() : valueType;
    return this == SUSPENDED
        && raw instanceof Class<?> type
        && Arrays.stream(type.getDeclaredMethods())
            .anyMatch(
                method ->
                    method.getName().equals("unbox-impl")
                        && method.getParameterCount() == 0
                        && !method.getReturnType().isPrimitive());
  }

  private static Type argumentOf(Type type) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }

  /** {@code X} of {@code ? super X}, as a continuation takes it. */
  private static Type lowerBoundOf(Type type) {
    return type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 1
        ? wildcard.getLowerBounds()[0]
        : type;
  }

  /** A list as a declared type. */
  private record ListOf(Type element) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {element};
    }

    @Override
    public Type getRawType() {
      return List.class;
    }

    @Override
    public Type getOwnerType() {
      return null;
    }

    @Override
    public String getTypeName() {
      return "java.util.List<" + element.getTypeName() + ">";
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }
}
