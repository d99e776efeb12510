/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;

/**
 * The way into the agent's own class loader, of which a JVM has one: all jars of Larder that it is
 * given share this class, and so whoever comes second meets what the first one left.
 */
final class Isolated {

  private static final String ENTRY = "dev.larder.agent.Start";

  private static ClassLoader loader;

  private Isolated() {}

  /** Calls a static method of the agent's entry class; what it returns. */
  static Object invoke(String method, Class<?>[] types, Object... arguments)
      throws ReflectiveOperationException, IOException {
    return Class.forName(ENTRY, true, loader()).getMethod(method, types).invoke(null, arguments);
  }

  private static synchronized ClassLoader loader() throws IOException {
    if (loader == null) {
      loader = new AgentClassLoader(new Archive(jar()));
    }
    return loader;
  }

  /** The agent's jar, out of which this class came. */
  private static File jar() {
    URL location = Isolated.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return new File(location.toURI());
    } catch (URISyntaxException unescaped) {
      return new File(location.getPath());
    }
  }
}
