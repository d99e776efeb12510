/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.Optional;

/**
 * Finds the {@link Skin} of a request: by the servlet API that its class implements.
 *
 * <p>What is found is kept with the request's class and with the API's, in {@link ClassValue}s, and
 * so goes when the application's loader goes; nothing on Larder's side holds it.
 */
final class SkinLoader {

  private static final String JAKARTA = "jakarta.servlet.ServletRequest";
  private static final String JAVAX = "javax.servlet.ServletRequest";
  private static final String JAKARTA_SKIN = "dev.larder.http.skin.";
  private static final String JAVAX_SKIN = "dev.larder.http.javaxskin.";

  private final ClassValue<Optional<Skin>> byApi =
      new ClassValue<>() {
        @Override
        protected Optional<Skin> computeValue(Class<?> api) {
          return Optional.of(load(api));
        }
      };

  private final ClassValue<Optional<Skin>> byRequest =
      new ClassValue<>() {
        @Override
        protected Optional<Skin> computeValue(Class<?> request) {
          Class<?> api = api(request);
          return api == null ? Optional.empty() : byApi.get(api);
        }
      };

  /** The skin for a request; null if it is none. */
  Skin of(Object request) {
    return request == null ? null : byRequest.get(request.getClass()).orElse(null);
  }

  private static Class<?> api(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> face : each.getInterfaces()) {
        Class<?> api = apiOf(face);
        if (api != null) {
          return api;
        }
      }
    }
    return null;
  }

  private static Class<?> apiOf(Class<?> face) {
    if (face.getName().equals(JAKARTA) || face.getName().equals(JAVAX)) {
      return face;
    }
    for (Class<?> parent : face.getInterfaces()) {
      Class<?> api = apiOf(parent);
      if (api != null) {
        return api;
      }
    }
    return null;
  }

  private static Skin load(Class<?> api) {
    String base = api.getName().equals(JAVAX) ? JAVAX_SKIN : JAKARTA_SKIN;
    try {
      Class<?> skin = new Beside(api.getClassLoader(), base).loadClass(base + "ServletSkin");
      Constructor<?> constructor = skin.getDeclaredConstructor();
      return (Skin) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the wrappers for " + api.getName() + " do not load", e);
    }
  }

  /** A loader between two parents: Larder's for the core, the application's for the servlet API. */
  private static final class Beside extends ClassLoader {

    private static final ClassLoader LARDER = SkinLoader.class.getClassLoader();

    static {
      registerAsParallelCapable();
    }

    private final String base;

    Beside(ClassLoader servletApi, String base) {
      super("larder-http-skin", servletApi);
      this.base = base;
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
          ? LARDER.loadClass(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String path = name.replace('.', '/') + ".class";
      try (InputStream stream = LARDER.getResourceAsStream(path)) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = stream.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length, SkinLoader.class.getProtectionDomain());
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
