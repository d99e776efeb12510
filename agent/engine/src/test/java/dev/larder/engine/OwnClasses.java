/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** A class loader with classes of its own in place of the test's, as an application has. */
public class OwnClasses extends ClassLoader {

  private final Predicate<String> own;

  /**
   * A loader above the tests'.
   *
   * @param own tells of a class's name whether it is defined here
   */
  public OwnClasses(Predicate<String> own) {
    super(OwnClasses.class.getClassLoader());
    this.own = own;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!own.test(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  /** What is defined in place of what the compiler has written. */
  protected byte[] written(byte[] compiled) {
    return compiled;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = written(in.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unread) {
      throw new ClassNotFoundException(name, unread);
    }
  }
}
