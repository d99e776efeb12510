/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The class loader of everything that the agent carries.
 *
 * <p>Its classes lie in a jar within the agent's jar, where no other loader looks, so that the
 * application can neither see nor shadow them, and its libraries of whatever version are its own
 * business. It looks for a class there first, and has the platform loader as its parent: the
 * application's class path is not seen from here at all.
 */
final class AgentClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Archive archive;

  /** Asked for once, as a security manager may refuse it to an application that needs a class. */
  private final ProtectionDomain domain = AgentClassLoader.class.getProtectionDomain();

  AgentClassLoader(Archive archive) {
    super(platformLoader());
    this.archive = archive;
  }

  /** The platform loader; on Java 8, which has none, the loader above the application's. */
  private static ClassLoader platformLoader() {
    return ClassLoader.getSystemClassLoader().getParent();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found == null) {
        byte[] bytes = name.startsWith("java.") ? null : bytesOf(name);
        if (bytes == null) {
          return super.loadClass(name, resolve);
        }
        found = defineClass(name, bytes, 0, bytes.length, domain);
      }
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    throw new ClassNotFoundException(name); // ours were looked for first
  }

  private byte[] bytesOf(String name) throws ClassNotFoundException {
    try {
      return archive.read(name.replace('.', '/') + ".class");
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] own;
    try {
      own = archive.read(name);
    } catch (IOException unreadable) {
      return null;
    }
    return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  protected URL findResource(String name) {
    try {
      return archive.has(name) ? Resources.of(archive, name) : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }

  /** Reads what addresses of the archive's files stand for; loaded where somebody asks for one. */
  private static final class Resources extends URLStreamHandler {
    private final Archive archive;
    private final String name;

    private Resources(Archive archive, String name) {
      this.archive = archive;
      this.name = name;
    }

    static URL of(Archive archive, String name) throws MalformedURLException {
      return new URL(null, "larder:/" + name, new Resources(archive, name));
    }

    @Override
    protected URLConnection openConnection(URL address) {
      return new URLConnection(address) {
        @Override
        public void connect() {
          // there is nothing to connect to
        }

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] content = archive.read(name);
          if (content == null) {
            throw new FileNotFoundException(name);
          }
          return new ByteArrayInputStream(content);
        }
      };
    }
  }
}
