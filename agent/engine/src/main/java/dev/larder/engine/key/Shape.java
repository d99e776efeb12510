/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/** How the values of one class become parts of keys. Found once per class. */
abstract class Shape {

  /** Writes a value of the class; it has been counted, and is not null. */
  abstract void write(Object value, Walk walk) throws NoKeyException;

  Object part(Object value, Shapes shapes) throws NoKeyException {
    Walk walk = new Walk(shapes);
    walk.value(value);
    return Composite.of(walk.out());
  }

  /** Writes the values of a class that need no walk. */
  @FunctionalInterface
  interface Leaf<T> {
    void write(T value, Bytes out) throws NoKeyException;
  }

  static <T> Shape leaf(Class<T> type, Leaf<? super T> leaf) {
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        leaf.write(type.cast(value), walk.out());
      }
    };
  }

  static Shape atom() {
    return new Shape() {
      @Override
      void write(Object value, Walk walk) {
        Atoms.write(value, walk.out());
      }

      @Override
      Object part(Object value, Shapes shapes) {
        return value;
      }
    };
  }

  /** Texts of the JDK that are no {@code String} count as the text that they hold. */
  static Shape text() {
    return new Shape() {
      @Override
      void write(Object value, Walk walk) {
        walk.out().putText(value.toString());
      }

      @Override
      Object part(Object value, Shapes shapes) {
        return value.toString();
      }
    };
  }

  static Shape refused(String reason) {
    return new Shape() {
      @Override
      void write(Object value, Walk walk) throws NoKeyException {
        throw walk.refusal(reason);
      }
    };
  }
}
