/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same site on Tomcat 9, in a class loader of its own: the build turns the site's classes into
 * {@code javax} ones, as it does with the skins.
 */
final class JavaxServer implements Server {

  private final Server tomcat;

  JavaxServer() throws Exception {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target/javax-site"))) {
      for (Path jar : found) {
        jars.add(jar.toUri().toURL());
      }
    }
    tomcat =
        (Server)
            new SiteLoader(jars.toArray(URL[]::new))
                .loadClass("dev.larder.http.site.TomcatServer")
                .getConstructor()
                .newInstance();
  }

  @Override
  public int start(HttpAgent agent) throws Exception {
    return tomcat.start(agent);
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
  }

  /** Has its own container, servlet API and site; Larder it has from the parent. */
  private static final class SiteLoader extends URLClassLoader {

    SiteLoader(URL[] jars) {
      super(jars, JavaxServer.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean own =
          name.startsWith("org.apache.")
              || name.startsWith("javax.servlet.")
              || name.startsWith("dev.larder.http.site.");
      if (!own) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
