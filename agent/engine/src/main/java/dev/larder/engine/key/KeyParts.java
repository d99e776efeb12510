/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/**
 * Makes parts of keys of arguments, by value.
 *
 * <p>A part is immutable, has {@code equals} and {@code hashCode} by value, and holds neither the
 * argument (unless that is an atom) nor any class of the application. {@code null} is a part. No
 * getter, {@code equals} or {@code hashCode} of the application runs; of its code only the
 * iterators of its collections do.
 */
public final class KeyParts {

  private final Shapes shapes;

  public KeyParts(FieldAccess access) {
    this.shapes = new Shapes(access);
  }

  /**
   * Whether every instance of exactly this class is its own part: an immutable value of the JDK
   * whose {@code equals} is equality by value. Primitive types count as their boxes. Of a declared
   * type that is not final this says nothing about instances of its subclasses.
   */
  public boolean isAtom(Class<?> type) {
    return type.isPrimitive() || Atoms.has(type);
  }

  /**
   * The part that an argument gives: itself where it is an atom, null for null, else a {@link
   * Composite}, or the {@code String} that another text of the JDK holds.
   *
   * @throws NoKeyException if the argument, or something in it, has no value
   */
  public Object part(Object argument) throws NoKeyException {
    if (argument == null
        || argument instanceof String
        || argument instanceof Long
        || argument instanceof Integer) {
      return argument;
    }
    try {
      return shapes.of(argument.getClass()).part(argument, shapes);
    } catch (RuntimeException | Error e) {
      // An iterator of the application failed, or little of the stack or of the heap was left.
      throw new NoKeyException(
          "reading " + argument.getClass().getName() + " failed with " + e.getClass().getName());
    }
  }
}
