/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.io.IOException;
import java.io.InputStream;

/**
 * A loader between two parents, for classes of Larder's that touch a library of the application's:
 * Larder's own loader for Larder, the application's for all else, the library before all.
 *
 * <p>Whoever makes one keeps it with a class of the application's, in a {@link ClassValue}, so that
 * it goes when the application's loader goes.
 */
public final class Beside extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Class<?> home;
  private final String base;

  /**
   * A loader of one library's classes.
   *
   * @param library the loader of the application's library
   * @param home a class that lies where the classes to be loaded lie, and is not one of them
   * @param base how the names of the classes to be loaded begin
   */
  public Beside(ClassLoader library, Class<?> home, String base) {
    super("larder-" + base.substring("dev.larder.".length(), base.length() - 1), library);
    this.home = home;
    this.base = base;
  }

  /**
   * An instance of one of the classes.
   *
   * @param name behind the base; its class has a constructor without parameters
   * @throws LinkageError if it does not go with the application's version of the library
   */
  public Object instance(String name) {
    return instance(name, new Class<?>[0]);
  }

  /**
   * An instance of one of the classes.
   *
   * @param name behind the base
   * @param parameters of its class's constructor
   * @param arguments for them
   * @throws LinkageError if it does not go with the application's version of the library
   */
  public Object instance(String name, Class<?>[] parameters, Object... arguments) {
    try {
      return loadClass(base + name).getDeclaredConstructor(parameters).newInstance(arguments);
    } catch (ReflectiveOperationException lacking) {
      throw new LinkageError(base + name + " does not load beside the application's", lacking);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(base)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }
    return name.startsWith("dev.larder.") || name.startsWith("org.slf4j.")
        ? home.getClassLoader().loadClass(name)
        : super.loadClass(name, resolve);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream stream = home.getClassLoader().getResourceAsStream(path)) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = stream.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, home.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
