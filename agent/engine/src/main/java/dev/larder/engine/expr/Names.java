/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What an expression may name.
 *
 * @param parameters the parameters' names in order; null stands for one that is not known
 * @param types the parameters' declared types in order, null where one is not known; used while
 *     compiling only, and not kept
 * @param result whether {@code result} may be named: false for what is evaluated before the call
 * @param resultType the declared type of the value that {@code result} is; null if not known
 */
public record Names(
    List<String> parameters, List<Class<?>> types, boolean result, Class<?> resultType) {

  /** Any name at all: an expression over these is looked over, and not compiled. */
  static final Names ANY = new Names(List.of(), List.of(), true, null);

  public Names {
    if (parameters.size() != types.size()) {
      throw new IllegalArgumentException(
          parameters.size() + " names for " + types.size() + " parameters; give one name for each");
    }
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    types = Collections.unmodifiableList(new ArrayList<>(types));
  }

  /** Names of parameters whose types are not known. */
  public static Names of(String... parameters) {
    return new Names(
        Arrays.asList(parameters),
        Collections.nCopies(parameters.length, (Class<?>) null),
        false,
        null);
  }

  /** The same parameters, and {@code result} of this type; null if its type is not known. */
  public Names withResult(Class<?> type) {
    return new Names(parameters, types, true, type);
  }
}
