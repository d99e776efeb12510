/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import dev.larder.Larder;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Calls each method of the classes that it is given, until one is a hit or enough were none, and
 * says for each whether there was one, and whether it gave what the body had given. Classes come in
 * groups, each with a class loader and libraries of its own, as several applications have.
 */
public final class Main {

  private static final int CALLS = 4;
  private static final long LONGEST_START_NANOS = 30_000_000_000L;

  /** Takes for each group its name, its class path, and its classes by commas. */
  public static void main(String[] groups) throws Exception {
    awaitServed();
    long ofTheStart = Larder.stats("zoo").errors(); // of calls that came before the connection
    for (int i = 0; i < groups.length; i += 3) {
      Larder.clear("zoo");
      List<URL> path = new ArrayList<>();
      for (String element : groups[i + 1].split(File.pathSeparator)) {
        path.add(new File(element).toURI().toURL());
      }
      // Open to the end of this JVM.
      URLClassLoader loader =
          new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
      for (String name : groups[i + 2].split(",")) {
        call(groups[i], loader.loadClass("com.acme.zoo." + name));
      }
    }
    System.out.println("errors=" + (Larder.stats("zoo").errors() - ofTheStart));
  }

  private static void call(String group, Class<?> type) throws Exception {
    List<Method> called =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    for (Method method : called) {
      System.out.println(
          group + " " + type.getSimpleName() + "." + method.getName() + "=" + call(method));
    }
  }

  /** Waits until the backend serves. */
  private static void awaitServed() throws InterruptedException {
    long began = System.nanoTime();
    while (Larder.stats("zoo").hits() == 0) {
      Ready.now();
      if (System.nanoTime() - began > LONGEST_START_NANOS) {
        throw new IllegalStateException("the backend does not serve");
      }
      Thread.sleep(10);
    }
  }

  /** What is asked for until it is a hit. */
  static final class Ready {
    static String now() {
      return "now";
    }
  }

  private static String call(Method method)
      throws IllegalAccessException, InvocationTargetException {
    Object first = method.invoke(null);
    for (int i = 1; i < CALLS; i++) {
      long hits = Larder.stats("zoo").hits();
      Object next = method.invoke(null);
      if (!Same.are(first, next)) {
        return "differs";
      }
      if (Larder.stats("zoo").hits() > hits) {
        return "hit";
      }
    }
    return "miss";
  }
}
