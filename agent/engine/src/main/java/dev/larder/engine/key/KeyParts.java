/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/**
 * Makes parts of keys of arguments, by value.
 *
 * <p>A part is immutable, has {@code equals} and {@code hashCode} by value, and holds neither the
 * argument (unless that is an atom) nor any class of the application. {@code null} is a part.
 */
public final class KeyParts {

  public KeyParts(FieldAccess access) {}

  /**
   * Whether every instance of exactly this class is its own part: an immutable value of the JDK
   * whose {@code equals} is equality by value. Primitive types count as their boxes.
   */
  public boolean isAtom(Class<?> type) {
    throw new UnsupportedOperationException(type.getName());
  }

  /**
   * The part that an argument gives: itself where it is an atom, null for null, else a {@link
   * Composite}.
   *
   * @throws NoKeyException if the argument, or something in it, has no value
   */
  public Object part(Object argument) throws NoKeyException {
    throw new NoKeyException(argument.getClass().getName());
  }
}
