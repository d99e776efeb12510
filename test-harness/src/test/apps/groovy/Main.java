/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */

import groovy.lang.GroovyClassLoader;
import java.io.File;

/** Compiles what is written in Groovy, and starts it. */
public final class Main {

  public static void main(String[] args) throws Exception {
    try (GroovyClassLoader loader = new GroovyClassLoader(Main.class.getClassLoader())) {
      loader.parseClass(new File(args[0]));
      Class<?> shop = loader.loadClass("com.acme.Asking");
      ((Runnable) shop.getDeclaredConstructor().newInstance()).run();
    }
  }
}
