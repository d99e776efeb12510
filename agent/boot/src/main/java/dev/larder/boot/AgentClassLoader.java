/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.boot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class loader of everything that the agent carries.
 *
 * <p>Its classes lie in the agent's jar under a folder, with an ending that no other loader reads,
 * so that the application can neither see nor shadow them, and its libraries of whatever version
 * are its own business. It looks for a class there first, and has the platform loader as its
 * parent: the application's class path is not seen from here at all.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String FOLDER = "dev/larder/isolated/";
  private static final String ENDING = ".classdata";

  static {
    registerAsParallelCapable();
  }

  private final ZipFile jar;
  private final String base;

  AgentClassLoader(File file) throws IOException {
    super(platformLoader());
    // Opened as a zip: a jar's manifest and signatures are nothing to this loader, and cost time.
    this.jar = new ZipFile(file);
    this.base = "jar:" + file.toURI() + "!/";
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
        found = defineClass(name, bytes, 0, bytes.length, getClass().getProtectionDomain());
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
    ZipEntry entry = jar.getEntry(FOLDER + name.replace('.', '/') + ENDING);
    if (entry == null) {
      return null;
    }
    try {
      return read(entry);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private byte[] read(ZipEntry entry) throws IOException {
    InputStream in = jar.getInputStream(entry);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.max(32, entry.getSize()));
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    } finally {
      in.close();
    }
  }

  private ZipEntry entry(String resource) {
    String path =
        resource.endsWith(".class")
            ? resource.substring(0, resource.length() - ".class".length()) + ENDING
            : resource;
    return jar.getEntry(FOLDER + path);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    ZipEntry entry = entry(name);
    if (entry == null) {
      return super.getResourceAsStream(name);
    }
    try {
      return new ByteArrayInputStream(read(entry));
    } catch (IOException unreadable) {
      return null;
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  protected URL findResource(String name) {
    ZipEntry entry = entry(name);
    if (entry == null) {
      return null;
    }
    try {
      return new URL(base + entry.getName());
    } catch (MalformedURLException impossible) {
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
}
